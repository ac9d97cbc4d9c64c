import assert from 'node:assert/strict';
import {
  type BulkFacts,
  type BulkVerb,
  bulkBlocked,
  bulkReasonLacking,
  decideBulk,
} from '../../../src/flows/reviews/bulk/rules.js';
import { blockers, bulkFacts, reason, tiers } from './some-facts.js';

const verbs: readonly BulkVerb[] = ['reviews.bulk-remove', 'reviews.bulk-keep'];

function codeOf(verb: BulkVerb, change: Partial<BulkFacts>): string {
  const decision = decideBulk(verb, { ...bulkFacts, ...change }, 'look-1');
  return decision.kind === 'refuse' ? decision.code : 'permit';
}

describe('many decisions with one press', () => {
  it('are permitted for exactly the people who were read, with one answer and one reason', () => {
    const decision = decideBulk('reviews.bulk-keep', { ...bulkFacts, reason }, 'look-1');
    assert.deepEqual(decision.kind === 'permit' && decision.permit.args, {
      definitionId: 'def',
      instanceId: 'ins',
      stageId: '',
      review: 'Quarterly',
      subjectName: 'Chat',
      tier: 'standard',
      ref: 'r1',
      by: 'manager',
      answer: 'Approve',
      reason,
      items: [
        { id: 'd1', name: 'Leilani' },
        { id: 'd2', name: 'Tomasz' },
      ],
      seen: 'look-1',
    });
  });

  for (const verb of verbs) {
    for (const [when, change, code] of blockers) {
      it(`${verb} are refused when ${when}`, () => assert.equal(codeOf(verb, { ...change, reason }), code));
    }
    it(`${verb} are refused when nobody is left`, () => {
      assert.equal(codeOf(verb, { items: [], reason }), 'reviews.nothing-left');
    });
    it(`${verb} are refused when the people are not those that were shown`, () => {
      assert.equal(codeOf(verb, { fresh: false, reason }), 'reviews.changed');
    });
  }
});

describe('removing whom Entra recommends to remove', () => {
  for (const tier of [tiers.standard, tiers.sensitive]) {
    it(`is open on ${tier.name} access, and says by itself why`, () => {
      const decision = decideBulk('reviews.bulk-remove', { ...bulkFacts, tier }, 'look-1');
      assert.deepEqual(
        decision.kind === 'permit' && [decision.permit.args.answer, decision.permit.args.reason],
        ['Deny', 'Removed together with others, as Entra recommended.'],
      );
    });
  }

  const asked: readonly [string, Partial<BulkFacts>][] = [
    ['Entra asks for one', { reasonRequired: true }],
    ['the tier asks for one with every decision', { tier: tiers.privileged }],
  ];
  for (const [when, change] of asked) {
    it(`takes a reason where ${when}`, () => {
      assert.equal(codeOf('reviews.bulk-remove', change), 'reviews.reason');
      assert.equal(codeOf('reviews.bulk-remove', { ...change, reason }), 'permit');
    });
  }

  it('keeps the words of whoever writes some', () => {
    const decision = decideBulk('reviews.bulk-remove', { ...bulkFacts, reason }, 'look-1');
    assert.equal(decision.kind === 'permit' && decision.permit.args.reason, reason);
  });

  it('sends words back that say nothing', () => {
    assert.equal(codeOf('reviews.bulk-remove', { reason: 'test' }), 'reviews.reason');
    assert.match(bulkReasonLacking('remove', { ...bulkFacts, reason: 'test' }) ?? '', /does not say why/);
  });

  it('is not there where Entra recommends nothing', () => {
    assert.equal(codeOf('reviews.bulk-remove', { recommendations: false }), 'reviews.no-bulk');
    assert.equal(bulkBlocked('remove', { ...bulkFacts, recommendations: false })?.kind, 'refuse');
  });
});

describe('keeping many', () => {
  const cases: readonly [string, Partial<BulkFacts>, string][] = [
    ['takes a reason', { reason: '' }, 'reviews.reason'],
    ['takes a reason that says something', { reason: 'needed yes' }, 'reviews.reason'],
    ['takes one of the length the tier asks for', { reason: 'Of use' }, 'reviews.reason'],
    ['is open on standard access', { reason }, 'permit'],
    ['is refused on sensitive access', { reason, tier: tiers.sensitive }, 'reviews.no-bulk'],
    ['is refused on privileged access', { reason, tier: tiers.privileged }, 'reviews.no-bulk'],
    [
      'is refused where the review is about several groups, each of another tier',
      { reason, severalSubjects: true },
      'reviews.no-bulk',
    ],
    ['is refused to people about themselves', { reason, selfReview: true }, 'reviews.no-bulk'],
  ];
  for (const [what, change, expected] of cases) {
    it(what, () => assert.equal(codeOf('reviews.bulk-keep', change), expected));
  }

  it('is not even offered where it would be refused', () => {
    assert.equal(bulkBlocked('keep', bulkFacts), undefined);
    assert.equal(bulkBlocked('keep', { ...bulkFacts, tier: tiers.sensitive })?.kind, 'refuse');
  });
});
