import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type Decided,
  type DecideFacts,
  type DecideVerb,
  decideItem,
} from '../../../src/flows/reviews/rules.js';
import {
  blockers,
  type Change,
  decideFacts,
  factsWith,
  nothing,
  outcome,
  outcomeOf,
  reason,
  tiers,
} from './some-facts.js';

const verbs: readonly DecideVerb[] = ['reviews.keep', 'reviews.remove', 'reviews.unsure', 'reviews.undo'];

describe('one decision in a review', () => {
  it('is permitted with exactly what will be written, and where an undo would lead back to', () => {
    const facts = factsWith({ item: { decision: 'Deny', byMe: true, reason: 'Left the team' }, reason });
    const decision = decideItem('reviews.keep', facts, nothing);
    assert.deepEqual(decision.kind === 'permit' && decision.permit.args, {
      definitionId: 'def',
      instanceId: 'ins',
      stageId: '',
      review: 'Quarterly',
      subjectName: 'Chat',
      ref: 'r1',
      by: 'manager',
      itemId: 'd1',
      name: 'Leilani',
      principalId: 'finance',
      resourceId: 'group',
      answer: 'Approve',
      reason,
      seen: 'look-1',
      verb: 'reviews.keep',
      stood: 'Deny',
      wasAnswer: 'Deny',
      wasReason: 'Left the team',
    });
  });

  it('names the rules it rests on', () => {
    const decision = decideItem('reviews.remove', decideFacts, nothing);
    assert.deepEqual(decision.basis, ['tiers.standard', 'tiers.standard.review', 'entra.reviewers']);
  });

  it('does not take the word of somebody else for what an undo leads back to', () => {
    const facts = factsWith({ item: { decision: 'Deny', byMe: false, reason: 'Their words' } });
    const decision = decideItem('reviews.keep', facts, nothing);
    assert.equal(decision.kind, 'permit');
    const { wasAnswer, wasReason } = decision.kind === 'permit' ? decision.permit.args : {};
    assert.deepEqual({ wasAnswer, wasReason }, { wasAnswer: 'NotReviewed', wasReason: '' });
  });

  const plain: readonly [DecideVerb, Decided][] = [
    ['reviews.keep', { answer: 'Approve', reason: '' }],
    ['reviews.remove', { answer: 'Deny', reason: '' }],
  ];
  for (const [verb, expected] of plain) {
    it(`${verb} on standard access needs no word`, () => assert.deepEqual(outcome(verb), expected));
  }

  for (const verb of verbs) {
    for (const [when, change, code] of blockers) {
      it(`${verb} is refused when ${when}`, () => {
        const mine = { decision: 'Approve', byMe: true };
        assert.equal(outcome(verb, { ...change, item: mine, reason }), code);
      });
    }
    it(`${verb} is refused on an item that is not in the reader's list`, () => {
      const facts: DecideFacts = { ...decideFacts, item: undefined, reason };
      assert.equal(outcomeOf(decideItem(verb, facts, nothing)), 'reviews.not-yours');
    });
    it(`${verb} is refused while the same person is decided about with many others`, () => {
      const mine = { decision: 'Approve', byMe: true };
      assert.equal(outcome(verb, { inBulk: true, fresh: false, item: mine, reason }), 'reviews.busy');
    });
    it(`${verb} is refused on a look that is not true any more`, () => {
      const mine = { decision: 'Approve', byMe: true };
      assert.equal(outcome(verb, { fresh: false, item: mine, reason }), 'reviews.changed');
    });
  }

  it('an ended review is told as ended, even where the card is too old as well', () => {
    assert.equal(outcome('reviews.remove', { running: false, expired: true }), 'reviews.over');
  });
});

describe('own access in a review', () => {
  const own = { principalId: 'manager' };
  const cases: readonly [string, DecideVerb, Change, string | Decided][] = [
    ['is not kept in a review by others', 'reviews.keep', { item: own, reason }, 'reviews.own-access'],
    ['may be given back', 'reviews.remove', { item: own }, { answer: 'Deny', reason: '' }],
    [
      'is kept where everybody is asked about themselves',
      'reviews.keep',
      { item: own, selfReview: true },
      { answer: 'Approve', reason: '' },
    ],
    [
      'is kept by a guest who is asked about themselves',
      'reviews.keep',
      { item: { principalId: 'guest' }, me: { id: 'guest', guest: true }, selfReview: true },
      { answer: 'Approve', reason: '' },
    ],
  ];
  for (const [what, verb, change, expected] of cases) {
    it(what, () => assert.deepEqual(outcome(verb, change), expected));
  }

  it('is not kept by the way of an undo', () => {
    const taken = { item: { ...own, decision: 'Deny', byMe: true } };
    assert.equal(outcome('reviews.undo', taken, { answer: 'Approve', reason }), 'reviews.own-access');
    assert.deepEqual(outcome('reviews.undo', taken), nothing);
  });

  it('is refused before it is told that somebody else was faster', () => {
    assert.equal(outcome('reviews.keep', { item: own, fresh: false, reason }), 'reviews.own-access');
  });
});

describe('a guest who reviews', () => {
  it('decides where the tier lets guests approve', () => {
    const tier = { ...tiers.standard, guests: { mayAsk: true, mayApprove: true } };
    const change = { tier, me: { id: 'guest', guest: true } };
    assert.deepEqual(outcome('reviews.remove', change), { answer: 'Deny', reason: '' });
  });
});

describe('not sure', () => {
  const stands = 'The reviewer was not sure that this access is still needed.';

  it('removes where the policy says so, with words of its own where Entra wants some', () => {
    assert.deepEqual(outcome('reviews.unsure', { tier: tiers.privileged, reasonRequired: true }), {
      answer: 'Deny',
      reason: stands,
    });
  });

  it('tells Entra that nobody knows where the policy says so', () => {
    assert.deepEqual(outcome('reviews.unsure', { notSure: 'dont-know' }), {
      answer: 'DontKnow',
      reason: stands,
    });
  });

  it('keeps the words of whoever writes some', () => {
    assert.deepEqual(outcome('reviews.unsure', { reason }), { answer: 'Deny', reason });
  });

  it('is open to the reader about themselves: it only ever takes access away', () => {
    const about = outcome('reviews.unsure', { item: { principalId: 'manager' } });
    assert.deepEqual(about, { answer: 'Deny', reason: stands });
  });
});

describe('undo', () => {
  const mine = { decision: 'Deny', byMe: true };
  it('leads back to nothing decided where there was nothing', () => {
    assert.deepEqual(outcome('reviews.undo', { item: mine }), nothing);
  });
  it('leads back to the earlier answer with its reason, even one that would not do today', () => {
    const before: Decided = { answer: 'Approve', reason: 'ok' };
    assert.deepEqual(outcome('reviews.undo', { item: mine, tier: tiers.privileged }, before), before);
  });
  const refusals: readonly (readonly [string, Change, string])[] = [
    ['nothing is decided', { item: { decision: 'NotReviewed', byMe: true } }, 'reviews.nothing-to-undo'],
    [
      'it is the word of somebody else',
      { item: { decision: 'Deny', byMe: false } },
      'reviews.nothing-to-undo',
    ],
    ['Entra does not say of what it is about', { item: { ...mine, resourceId: '' } }, 'reviews.no-way-back'],
  ];
  for (const [when, change, code] of refusals) {
    it(`is refused when ${when}`, () => assert.equal(outcome('reviews.undo', change), code));
  }
  it('to an earlier answer needs no way back in Entra: it is one more decision', () => {
    const before: Decided = { answer: 'Approve', reason };
    assert.deepEqual(outcome('reviews.undo', { item: { ...mine, resourceId: '' } }, before), before);
  });
  it('never leads back to nothing for an item that cannot be named by both ids', () => {
    fc.assert(
      fc.property(
        fc.record({ decision: fc.constantFrom('Approve', 'Deny', 'DontKnow'), byMe: fc.boolean() }),
        fc.constantFrom(...verbs),
        (about, verb) => {
          const found = outcome(verb, { item: { ...about, resourceId: '' }, reason });
          assert.equal(typeof found === 'string' || found.answer !== 'NotReviewed', true);
        },
      ),
    );
  });
});
