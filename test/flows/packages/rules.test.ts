import assert from 'node:assert/strict';
import { hour } from '../../../src/base/clock.js';
import { type AskFacts, decideAsk } from '../../../src/flows/packages/ask/rules.js';
import { type DecideFacts, decideStage } from '../../../src/flows/packages/decide/rules.js';
import type { Tier } from '../../../src/policy/policy.js';

const tier: Tier = {
  name: 'standard',
  reason: { atLeast: 10, refused: ['test'] },
  approverComment: 'on-deny',
  guests: { mayAsk: false, mayApprove: false },
  review: { reason: 'against', bulkKeep: true, every: 'per-project' },
  activation: { longest: 8 * hour, ticket: 'entra', lookBack: false },
};

const askFacts: AskFacts = {
  capability: 'act',
  card: { ref: 'r1', expired: false },
  me: { id: 'engineer', guest: false },
  packageId: 'p1',
  packageName: 'Assistant',
  requirement: { policyId: 'pol', reasonRequired: true },
  tier,
  tierBasis: ['tiers.standard'],
  reason: 'Reading the contracts of project Nord',
  earlier: [],
  openRequest: false,
};

const decideFacts: DecideFacts = {
  capability: 'act',
  card: { ref: 'r2', expired: false },
  me: { id: 'manager', guest: false },
  request: {
    id: 'q1',
    requestorId: 'engineer',
    requestorName: 'Ayumi',
    packageName: 'Assistant',
    reason: 'Project Nord',
    pending: true,
  },
  stage: { id: 's1', assignedToMe: true },
  tier,
  tierBasis: ['tiers.standard'],
  comment: 'Welcome',
  commentRequired: false,
  stages: 1,
};

describe('asking for a package', () => {
  it('is permitted with exactly what will be sent', () => {
    const decision = decideAsk(askFacts);
    assert.equal(decision.kind, 'permit');
    assert.deepEqual(decision.kind === 'permit' && decision.permit.args, {
      packageId: 'p1',
      packageName: 'Assistant',
      policyId: 'pol',
      targetId: 'engineer',
      reason: 'Reading the contracts of project Nord',
      earlier: [],
      ref: 'r1',
    });
  });

  const refusals: readonly [string, Partial<AskFacts>, string][] = [
    ['the flow only notifies', { capability: 'notify' }, 'flows.off'],
    ['the card is too old', { card: { ...askFacts.card, expired: true } }, 'flows.card-expired'],
    ['a guest asks and the tier has no guests', { me: { id: 'guest', guest: true } }, 'packages.no-guests'],
    ['a request is already open', { openRequest: true }, 'packages.asked-already'],
    ['Entra does not offer it to this person', { requirement: undefined }, 'packages.may-not-ask'],
    ['the reason says nothing', { reason: 'test' }, 'packages.reason'],
  ];
  for (const [when, change, code] of refusals) {
    it(`is refused when ${when}`, () => {
      const decision = decideAsk({ ...askFacts, ...change });
      assert.equal(decision.kind === 'refuse' && decision.code, code);
    });
  }
});

describe('deciding a request', () => {
  it('is permitted to an approver whom Entra lists for the waiting stage', () => {
    const decision = decideStage('packages.approve', decideFacts);
    assert.equal(decision.kind === 'permit' && decision.permit.args.verdict, 'Approve');
  });

  it('is refused on the own request before anything else is asked, even to a listed approver', () => {
    const request = { ...decideFacts.request, requestorId: 'manager' };
    const decision = decideStage('packages.approve', { ...decideFacts, request, capability: 'off' });
    assert.equal(decision.kind === 'refuse' && decision.code, 'packages.own-request');
  });

  const refusals: readonly [string, Partial<DecideFacts>, string][] = [
    ['the flow is off', { capability: 'off' }, 'flows.off'],
    ['the card is too old', { card: { ...decideFacts.card, expired: true } }, 'flows.card-expired'],
    ['it was decided before', { request: { ...decideFacts.request, pending: false } }, 'packages.settled'],
    ['Entra shows them no stage', { stage: undefined }, 'packages.not-approver'],
    ['the stage is not theirs now', { stage: { id: 's1', assignedToMe: false } }, 'packages.not-approver'],
    ['there are several stages', { stages: 2 }, 'packages.many-stages'],
    ['a guest would approve', { me: { id: 'guest', guest: true } }, 'packages.no-guest-approver'],
    ['Entra wants a word and there is none', { comment: ' ', commentRequired: true }, 'packages.comment'],
  ];
  for (const [when, change, code] of refusals) {
    it(`is refused when ${when}`, () => {
      const decision = decideStage('packages.approve', { ...decideFacts, ...change });
      assert.equal(decision.kind === 'refuse' && decision.code, code);
    });
  }

  it('needs a word to deny, but none to approve, where the tier says on-deny', () => {
    const silent = { ...decideFacts, comment: '' };
    assert.equal(decideStage('packages.approve', silent).kind, 'permit');
    assert.equal(decideStage('packages.deny', silent).kind, 'refuse');
  });
});
