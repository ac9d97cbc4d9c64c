import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type DecideVerb,
  decideItem,
  reasonNeeded,
  reasonSentence,
} from '../../../src/flows/reviews/rules.js';
import type { TierName } from '../../../src/policy/policy.js';
import { factsWith, item, nothing, outcome, outcomeOf, reason, tiers } from './some-facts.js';

describe('a reason in a review', () => {
  // verb, tier, Entra asks for one, recommendation, recommendations switched on, and whether it is asked for
  const cases: readonly [DecideVerb, TierName, boolean, string, boolean, boolean][] = [
    ['reviews.keep', 'standard', false, 'NoInfoAvailable', true, false],
    ['reviews.keep', 'standard', false, 'Approve', true, false],
    ['reviews.keep', 'standard', false, 'Deny', true, true],
    ['reviews.keep', 'standard', false, 'Deny', false, false],
    ['reviews.keep', 'standard', true, 'Approve', true, true],
    ['reviews.remove', 'standard', false, 'Deny', true, false],
    ['reviews.remove', 'standard', false, 'Approve', true, true],
    ['reviews.remove', 'standard', false, 'Approve', false, false],
    ['reviews.keep', 'sensitive', false, 'Approve', true, true],
    ['reviews.remove', 'sensitive', false, 'Deny', true, false],
    ['reviews.remove', 'sensitive', false, 'NoInfoAvailable', true, false],
    ['reviews.remove', 'sensitive', false, 'Approve', true, true],
    ['reviews.keep', 'privileged', false, 'Approve', true, true],
    ['reviews.remove', 'privileged', false, 'Deny', true, true],
    ['reviews.remove', 'privileged', false, 'NoInfoAvailable', false, true],
    ['reviews.unsure', 'standard', true, 'Approve', true, false],
    ['reviews.unsure', 'privileged', true, 'Approve', true, false],
  ];
  for (const [verb, name, reasonRequired, recommendation, recommendations, needed] of cases) {
    const entra = `Entra ${reasonRequired ? 'asks' : 'does not ask'} and says ${recommendation}`;
    const unshown = recommendations ? '' : ', recommendations switched off';
    it(`${verb} on ${name} access, ${entra}${unshown}: ${needed ? 'needed' : 'not needed'}`, () => {
      const change = { tier: tiers[name], reasonRequired, recommendations, item: { recommendation } };
      const without = outcome(verb, change);
      if (needed) assert.equal(without, 'reviews.reason');
      else assert.notEqual(typeof without, 'string');
      assert.notEqual(typeof outcome(verb, { ...change, reason }), 'string');
    });
  }

  it('that Entra asks for is asked for on a removal too', () => {
    const change = { reasonRequired: true, item: { recommendation: 'Deny' } };
    assert.equal(outcome('reviews.remove', change), 'reviews.reason');
  });

  it('is not asked of somebody who gives their own access back, unless Entra asks', () => {
    const own = { tier: tiers.privileged, item: { recommendation: 'Approve', principalId: 'manager' } };
    assert.deepEqual(outcome('reviews.remove', own), { answer: 'Deny', reason: '' });
    assert.deepEqual(outcome('reviews.remove', { ...own, selfReview: true }), { answer: 'Deny', reason: '' });
    assert.equal(outcome('reviews.keep', { ...own, selfReview: true }), 'reviews.reason');
    assert.equal(outcome('reviews.remove', { ...own, reasonRequired: true }), 'reviews.reason');
  });

  it('that says nothing is as good as none, and the sentence says what is missing', () => {
    const facts = factsWith({ item: { recommendation: 'Deny' } });
    const sentences: readonly [string, RegExp][] = [
      ['', /Please write why\./],
      ['needed', /“needed” does not say why\. Please write a sentence about what you know\./],
      ['Of use', /at least 10 characters\. So far it has 6\./],
    ];
    for (const [typed, says] of sentences) {
      const now = { ...facts, reason: typed };
      assert.equal(outcomeOf(decideItem('reviews.keep', now, nothing)), 'reviews.reason');
      assert.match(reasonSentence(now), says);
    }
  });

  it('is refused with the rules that ask for it', () => {
    const facts = factsWith({
      tier: tiers.privileged,
      reasonRequired: true,
      item: { recommendation: 'Deny' },
    });
    assert.deepEqual(decideItem('reviews.keep', facts, nothing).basis, [
      'tiers.standard',
      'entra.reason',
      'against the recommendation',
      'tiers.privileged.review.reason',
    ]);
  });

  it('is announced beforehand exactly where it is asked for at the click', () => {
    const answers = { 'reviews.keep': 'Approve', 'reviews.remove': 'Deny' } as const;
    fc.assert(
      fc.property(
        fc.constantFrom('reviews.keep', 'reviews.remove'),
        fc.constantFrom<TierName>('standard', 'sensitive', 'privileged'),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom('Approve', 'Deny', 'NoInfoAvailable'),
        (verb, name, reasonRequired, recommendations, recommendation) => {
          const change = { tier: tiers[name], reasonRequired, recommendations, item: { recommendation } };
          const asked = outcome(verb, change) === 'reviews.reason';
          assert.equal(asked, reasonNeeded(factsWith(change), { ...item, recommendation }, answers[verb]));
        },
      ),
    );
  });

  it('is asked for on every decision against a recommendation that was shown, in every tier', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<TierName>('standard', 'sensitive', 'privileged'),
        fc.boolean(),
        fc.constantFrom<readonly [DecideVerb, string]>(
          ['reviews.keep', 'Deny'],
          ['reviews.remove', 'Approve'],
        ),
        (name, reasonRequired, [verb, recommendation]) => {
          const change = { tier: tiers[name], reasonRequired, item: { recommendation } };
          assert.equal(outcome(verb, change), 'reviews.reason');
        },
      ),
    );
  });
});
