import assert from 'node:assert/strict';
import { hour } from '../../../src/base/clock.js';
import { definitionOf } from '../../../src/flows/reviews/plan/definition.js';
import {
  decideCreate,
  draftReview,
  type PlanFacts,
  type ReadyReview,
} from '../../../src/flows/reviews/plan/rules.js';
import type { ReviewRule, Tier } from '../../../src/policy/policy.js';

const tier: Tier = {
  name: 'privileged',
  reason: { atLeast: 40, refused: [] },
  approverComment: 'always',
  guests: { mayAsk: false, mayApprove: false },
  review: { reason: 'always', bulkKeep: false, every: 'monthly' },
  activation: { longest: 2 * hour, ticket: 'entra', lookBack: true },
};

const group = { id: 'a0000000-0000-4000-8000-000000000001', name: 'AI Platform Admins', owners: ['Zainab'] };

const facts: PlanFacts = {
  capability: 'act',
  me: { id: 'b0000000-0000-4000-8000-000000000002' },
  listed: true,
  group,
  tier,
  tierBasis: ['tiers.privileged'],
  notSure: 'remove',
  enough: false,
  made: 0,
  today: '2026-03-02',
};

function drafted(change: Partial<PlanFacts> = {}) {
  const draft = draftReview({ ...facts, ...change });
  if (draft.kind === 'refuse') assert.fail(draft.code);
  return draft;
}

const ready = (change: Partial<PlanFacts> = {}): ReadyReview => drafted(change).ready;
const every = (rhythm: ReviewRule['every']) => ({
  tier: { ...tier, review: { ...tier.review, every: rhythm } },
});

describe('a review that is ready to be made', () => {
  it('is what the tier asks for, from tomorrow, by the owners', () => {
    assert.deepEqual(ready(), {
      group: group.id,
      groupName: 'AI Platform Admins',
      name: 'Members of AI Platform Admins, monthly',
      every: 'monthly',
      startsOn: '2026-03-03',
      days: 7,
      reviewers: 'owners',
      owners: ['Zainab'],
      reasonRequired: true,
      ifNobody: 'Deny',
      autoApply: false,
    });
  });

  it('is decided by whoever makes it where the group has no owner', () => {
    assert.equal(ready({ group: { ...group, owners: [] } }).reviewers, 'you');
  });

  for (const [today, startsOn] of [
    ['2026-03-27', '2026-03-28'],
    ['2026-03-28', '2026-04-01'],
    ['2026-03-30', '2026-04-01'],
    ['2026-12-31', '2027-01-01'],
    ['2028-02-28', '2028-03-01'],
  ]) {
    it(`begins on a day that every month has: made on ${today}, it begins on ${startsOn}`, () => {
      assert.equal(ready({ today: today ?? '' }).startsOn, startsOn);
    });
  }

  it('begins at once where it is held once', () => {
    const { startsOn, name } = ready(every('per-project'));
    assert.deepEqual([startsOn, name], ['2026-03-02', 'Members of AI Platform Admins, once']);
  });

  it('is open longer where it comes less often', () => {
    assert.equal(ready(every('quarterly')).days, 14);
    assert.equal(ready(every('per-project')).days, 14);
  });

  it('removes nobody by itself where silence means removal', () => {
    const { ifNobody, autoApply } = ready({ notSure: 'dont-know' });
    assert.deepEqual([ifNobody, autoApply], ['Recommendation', true]);
  });

  it('asks for reasons but for standard access, where the tier may leave them out', () => {
    const review = { ...tier.review, reason: 'against' } as const;
    assert.equal(ready({ tier: { ...tier, review } }).reasonRequired, true);
    assert.equal(ready({ tier: { ...tier, name: 'standard', review } }).reasonRequired, false);
  });
});

describe('making it', () => {
  const card = { expired: false };
  const decide = (change: Partial<PlanFacts> = {}, seen = drafted().seen, expired = false) =>
    decideCreate({ ...facts, ...change, card: { ...card, expired }, seen, earlier: ['old'] });

  it('is permitted with exactly what was seen', () => {
    const decision = decide();
    assert.equal(decision.kind, 'permit');
    assert.deepEqual(decision.kind === 'permit' && decision.permit.args, {
      ...ready(),
      personId: facts.me.id,
      seen: drafted().seen,
      earlier: ['old'],
    });
    assert.deepEqual(decision.basis, ['tiers.privileged', 'tiers.privileged.review', 'reviews.notSure']);
  });

  const refusals: readonly [string, Partial<PlanFacts>, string][] = [
    ['the flow only notifies', { capability: 'notify' }, 'flows.off'],
    ['the policy does not name the group', { listed: false }, 'reviews.not-in-plan'],
    ['Entra does not know the group', { group: undefined }, 'reviews.group-gone'],
    ['it is reviewed often enough by now', { enough: true }, 'reviews.reviewed-enough'],
    ['the owner changed since', { group: { ...group, owners: ['Bo'] } }, 'reviews.plan-changed'],
    ['it was seen yesterday', { today: '2026-03-03' }, 'reviews.plan-changed'],
    ['the policy changed since', { notSure: 'dont-know' }, 'reviews.plan-changed'],
  ];
  for (const [when, change, code] of refusals) {
    it(`is refused when ${when}`, () => {
      const decision = decide(change);
      assert.equal(decision.kind === 'refuse' && decision.code, code);
    });
  }

  it('is refused on a card that is too old, and with a preview that nobody was shown', () => {
    const codes = [decide({}, undefined, true), decide({}, 'forged')].map(
      (decision) => decision.kind === 'refuse' && decision.code,
    );
    assert.deepEqual(codes, ['flows.card-expired', 'reviews.plan-changed']);
  });
});

describe('the review in the words of Graph', () => {
  const body = (change: Partial<PlanFacts> = {}) =>
    definitionOf({ ...ready(change), personId: facts.me.id, seen: '', earlier: [] });

  it('reviews the members of this group and nothing else', () => {
    assert.equal(body().scope.query, `/groups/${group.id}/transitiveMembers`);
  });

  it('asks the owners, and its maker should there be none some day', () => {
    const { reviewers, fallbackReviewers } = body();
    assert.deepEqual(
      [reviewers, fallbackReviewers].map((list) => list?.map(({ query }) => query)),
      [['./owners'], [`/users/${facts.me.id}`]],
    );
  });

  it('never leaves out who reviews, because then everybody would review themselves', () => {
    const { reviewers } = body({ group: { ...group, owners: [] } });
    assert.deepEqual(
      reviewers.map(({ query }) => query),
      [`/users/${facts.me.id}`],
    );
  });

  for (const [rhythm, interval] of [
    ['monthly', 1],
    ['quarterly', 3],
    ['half-yearly', 6],
    ['yearly', 12],
  ] as const) {
    it(`comes ${rhythm}: every ${interval} months on the day it began`, () => {
      assert.deepEqual(body(every(rhythm)).settings.recurrence, {
        pattern: { type: 'absoluteMonthly', interval, dayOfMonth: 3 },
        range: { type: 'noEnd', startDate: '2026-03-03' },
      });
    });
  }

  it('has no recurrence where it is held once', () => {
    assert.equal('recurrence' in body(every('per-project')).settings, false);
  });

  it('has recommendations, with both kinds of insight', () => {
    const { settings } = body();
    assert.equal(settings.recommendationsEnabled, true);
    assert.match(JSON.stringify(settings.recommendationInsightSettings), /userLastSignIn.*groupPeerOutlier/);
  });
});
