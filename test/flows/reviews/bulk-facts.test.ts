import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readBulk } from '../../../src/flows/reviews/bulk/facts.js';
import type { BulkKind } from '../../../src/flows/reviews/bulk/rules.js';
import type { Reading } from '../../../src/flows/reviews/facts.js';
import type { Turn } from '../../../src/flows/turn.js';
import { starterPolicy } from '../../policy/starter-policy.js';
import { openTempStore, type TempStore } from '../../support/temp-store.js';
import { bulkFacts } from './some-facts.js';

interface Item {
  readonly id: string;
  readonly decision: string;
  readonly recommendation: string;
  readonly principal: { readonly id: string; readonly displayName: string };
}

const me = 'manager';

const items: fc.Arbitrary<readonly Item[]> = fc
  .array(
    fc.record({
      decision: fc.constantFrom('NotReviewed', 'NotReviewed', 'Approve', 'Deny', 'DontKnow'),
      recommendation: fc.constantFrom('Approve', 'Deny', 'NoInfoAvailable'),
      principal: fc.record({ id: fc.constantFrom(me, 'one', 'two', 'three'), displayName: fc.constant('X') }),
    }),
    { maxLength: 250 },
  )
  .map((list) => list.map((item, index) => ({ ...item, id: `d${index}` })));

describe('whom one press would decide about', () => {
  let temp: TempStore;
  before(async () => {
    temp = await openTempStore();
  });
  after(() => temp.close());

  /** A service that leaves out every filter it is asked for: all there is comes, page by page. */
  const turnFor = (all: readonly Item[], bulkAtMost: number) => {
    const policy = starterPolicy();
    const get = async (_path: string, { query }: { query: Record<string, string> }) => {
      const skip = Number(query.$skip ?? 0);
      return { value: all.slice(skip, skip + Number(query.$top)), '@odata.count': all.length };
    };
    return {
      graph: { get: get as Turn['graph']['get'] },
      actor: { objectId: me },
      answerBy: Date.now() + 60_000,
      services: {
        clock: { now: () => new Date() },
        store: temp.store,
        policy: { ...policy, reviews: { ...policy.reviews, bulkAtMost } },
      },
    } as Turn;
  };
  const read = (all: readonly Item[], kind: BulkKind, recommendations: boolean, bulkAtMost = 200) => {
    const place = { definitionId: 'def', instanceId: 'ins' };
    const reading: Partial<Reading> = { place, facts: { ...bulkFacts, recommendations } };
    return readBulk(turnFor(all, bulkAtMost), reading as Reading, kind, { seen: '', reason: '' });
  };

  it('is never somebody decided about, oneself, or anybody against a recommendation', async () => {
    const kinds = fc.constantFrom<BulkKind>('remove', 'keep');
    await fc.assert(
      fc.asyncProperty(items, kinds, fc.boolean(), async (all, kind, recommendations) => {
        const { people } = await read(all, kind, recommendations);
        for (const { decision, recommendation, principal } of people) {
          assert.equal(decision, 'NotReviewed');
          assert.notEqual(principal.id, me);
          if (kind === 'remove') assert.equal(recommendation, 'Deny');
          else if (recommendations) assert.equal(recommendation, 'Approve');
        }
      }),
    );
  });

  it('leaves nobody out whom it could be about, up to what one press may take', async () => {
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 1, max: 60 }), async (all, most) => {
        const meant = all.filter(
          ({ decision, recommendation, principal }) =>
            decision === 'NotReviewed' && recommendation === 'Deny' && principal.id !== me,
        );
        const { people, facts } = await read(all, 'remove', true, most);
        assert.deepEqual(
          people.map(({ id }) => id),
          meant.slice(0, most).map(({ id }) => id),
        );
        assert.deepEqual(
          facts.items.map(({ id }) => id),
          people.map(({ id }) => id),
        );
      }),
    );
  });

  it('looks the same for the same people in any order, and different for others', async () => {
    const item = (id: string): Item => ({
      id,
      decision: 'NotReviewed',
      recommendation: 'Deny',
      principal: { id, displayName: id },
    });
    const [one, two, three] = [item('d1'), item('d2'), item('d3')];
    const seen = async (all: readonly Item[], kind: BulkKind = 'remove') =>
      (await read(all, kind, false)).seen;
    assert.equal(await seen([one, two]), await seen([two, one]));
    assert.notEqual(await seen([one, two]), await seen([one, three]));
    assert.notEqual(await seen([one, two]), await seen([one]));
    assert.notEqual(await seen([one, two]), await seen([one, two], 'keep'));
  });
});
