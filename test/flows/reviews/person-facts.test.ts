import assert from 'node:assert/strict';
import fc from 'fast-check';
import { day } from '../../../src/base/clock.js';
import { adviceOf, signInView } from '../../../src/flows/reviews/person-facts.js';
import { asDecision } from '../../../src/graph/review-decision.js';
import { asReview } from '../../../src/graph/review-definition.js';

const now = new Date('2026-03-02T09:00:00Z');

interface Known {
  readonly recommendation: string;
  /** Days since the last sign-in; null: never; undefined: Entra did not say. */
  readonly days: number | null | undefined;
  readonly outlier: boolean;
  readonly lookBack: number;
  readonly asked: boolean;
}

const known: fc.Arbitrary<Known> = fc.record({
  recommendation: fc.constantFrom('Approve', 'Deny', 'NoInfoAvailable', ''),
  days: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.constantFrom(null, undefined)),
  outlier: fc.boolean(),
  lookBack: fc.integer({ min: 1, max: 180 }),
  asked: fc.boolean(),
});

function itemOf({ recommendation, days, outlier }: Known) {
  const type = (name: string) => ({ '@odata.type': `#microsoft.graph.${name}` });
  const at = (ago: number): string => new Date(now.getTime() - ago * day).toISOString();
  const signIn = { lastSignInDateTime: typeof days === 'number' ? at(days) : null };
  const insights = [
    ...(days === undefined ? [] : [{ ...type('userSignInInsight'), ...signIn }]),
    ...(outlier ? [type('membershipOutlierInsight')] : []),
  ];
  return asDecision({ id: 'd1', recommendation, insights });
}

function advice(facts: Known) {
  const settings = {
    recommendationsEnabled: facts.asked,
    recommendationLookBackDuration: `P${facts.lookBack}D`,
  };
  return adviceOf({ definition: asReview({ id: 'def', settings }) }, itemOf(facts), now);
}

describe('why Entra recommends something', () => {
  it('is only said where a fact on the same card says it too', () => {
    fc.assert(
      fc.property(known, (facts) => {
        const { recommendation, because, lookBackDays } = advice(facts);
        const { signIn, lastSignInAt } = signInView(itemOf(facts));
        const since = now.getTime() - lookBackDays * day;
        const recently = signIn === 'at' && Date.parse(lastSignInAt) >= since;
        const longAgo = signIn === 'never' || (signIn === 'at' && !recently);
        if (because === 'active') assert.ok(recommendation === 'Approve' && recently);
        if (because === 'inactive') assert.ok(recommendation === 'Deny' && longAgo);
        if (because === 'outlier') assert.ok(recommendation === 'Deny' && facts.outlier);
      }),
    );
  });

  it('is said whenever there is one', () => {
    fc.assert(
      fc.property(known, (facts) => {
        const { recommendation, because } = advice(facts);
        if (recommendation === '') assert.equal(because, '');
        if (recommendation === 'Deny' && (facts.outlier || facts.days === null)) assert.notEqual(because, '');
      }),
    );
  });

  const active: Known = { recommendation: 'Deny', days: 2, outlier: false, lookBack: 30, asked: true };
  const cases: readonly (readonly [string, Partial<Known>, string])[] = [
    ['against somebody who was here two days ago: no reason that we know', {}, ''],
    ['against somebody whose sign-ins are not shown: no reason that we know', { days: undefined }, ''],
    ['against somebody who never came', { days: null }, 'inactive'],
    ['against somebody who was away for long', { days: 31 }, 'inactive'],
    ['against somebody who is unlike the others, and was here', { outlier: true }, 'outlier'],
    ['for somebody who was here', { recommendation: 'Approve' }, 'active'],
    [
      'for somebody who was away for long: no reason that we know',
      { recommendation: 'Approve', days: 90 },
      '',
    ],
    [
      'for somebody unlike the others, not seen for long: no reason',
      { recommendation: 'Approve', days: 90, outlier: true },
      '',
    ],
  ];
  for (const [what, change, because] of cases) {
    it(what, () => assert.equal(advice({ ...active, ...change }).because, because));
  }

  it('nothing is recommended where the review does not ask Entra', () => {
    assert.deepEqual(advice({ ...active, days: null, asked: false }), {
      recommendation: '',
      because: '',
      lookBackDays: 30,
    });
  });
});
