import assert from 'node:assert/strict';
import { day, hour } from '../../../src/base/clock.js';
import { type AskFacts, decideAsk, type Wish } from '../../../src/flows/packages/ask/rules.js';
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

const wish: Wish = {
  reason: 'Reading the contracts of project Nord',
  startDate: '',
  endDate: '',
  answers: new Map(),
};

const askFacts: AskFacts = {
  capability: 'act',
  card: { ref: 'r1', expired: false },
  me: { id: 'engineer', guest: false },
  packageId: 'p1',
  packageName: 'Assistant',
  target: { id: 'engineer', name: '', mine: true, guest: false },
  requirement: { policyId: 'pol', reasonRequired: true, ownDates: false, lasts: 'P30D', questions: [] },
  tier,
  tierBasis: ['tiers.standard'],
  guestLongest: 30 * day,
  now: Date.parse('2026-11-20T08:00:00Z'),
  timeZone: 'Europe/Vienna',
  earlier: [],
  openRequest: false,
  held: undefined,
  conflicts: [],
  wish,
};

const decideFacts: DecideFacts = {
  capability: 'act',
  card: { ref: 'r2', expired: false, stage: 0 },
  me: { id: 'manager', guest: false },
  request: {
    id: 'q1',
    packageId: 'p1',
    requestorId: 'engineer',
    targetId: 'engineer',
    targetName: 'Ayumi',
    packageName: 'Assistant',
    reason: 'Project Nord',
    askedAt: '2026-11-19T08:12:44Z',
    pending: true,
  },
  decided: 0,
  stages: 1,
  stage: { id: 's1', index: 0, assignedToMe: true },
  tier,
  tierBasis: ['tiers.standard'],
  comment: 'Welcome',
  commentRequired: false,
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
      targetName: '',
      reason: 'Reading the contracts of project Nord',
      answers: [],
      startsAt: '',
      endsAt: '',
      earlier: [],
      ref: 'r1',
    });
  });

  const other = { id: 'intern', name: 'Ines', mine: true, guest: false };
  const question = {
    id: 'q1',
    text: 'Which?',
    required: true,
    editable: true,
    pattern: '',
    many: false,
    choices: [],
  };
  const asking = (change: object) => ({
    policyId: 'pol',
    reasonRequired: true,
    ownDates: false,
    lasts: '',
    questions: [{ ...question, kind: 'text' as const, ...change }],
  });

  const refusals: readonly [string, Partial<AskFacts>, string][] = [
    ['the flow only notifies', { capability: 'notify' }, 'flows.off'],
    ['the card is too old', { card: { ...askFacts.card, expired: true } }, 'flows.card-expired'],
    ['a guest asks and the tier has no guests', { me: { id: 'guest', guest: true } }, 'packages.no-guests'],
    ['it is for a guest', { target: { ...other, guest: true } }, 'packages.no-guests'],
    ['a request is already open', { openRequest: true }, 'packages.asked-already'],
    ['Entra does not offer it to this person', { requirement: undefined }, 'packages.may-not-ask'],
    ['the reason says nothing', { wish: { ...wish, reason: 'test' } }, 'packages.reason'],
    ['they have it, and not near its end', { held: { endsSoon: false } }, 'packages.held'],
    ['they have what excludes it', { conflicts: ['Red team data'] }, 'packages.conflict'],
    [
      'it is for somebody who is not a report',
      { target: { ...other, mine: false } },
      'packages.not-for-them',
    ],
    [
      'no policy lets them ask for that report',
      { target: other, requirement: undefined },
      'packages.not-for-them',
    ],
    ['a required answer is missing', { requirement: asking({}) }, 'packages.form'],
    ['a question is of an unknown kind', { requirement: asking({ kind: 'other' }) }, 'packages.questions'],
    [
      'the questions fill more than a card',
      { requirement: asking({ text: 'x'.repeat(9000) }) },
      'packages.questions',
    ],
  ];
  for (const [when, change, code] of refusals) {
    it(`is refused when ${when}`, () => {
      const decision = decideAsk({ ...askFacts, ...change });
      assert.equal(decision.kind === 'refuse' && decision.code, code);
    });
  }
});

describe('what is sent for a package', () => {
  it('for a report: whose access it will be, and their name for the card', () => {
    const decision = decideAsk({ ...askFacts, target: { ...askFacts.target, id: 'intern', name: 'Ines' } });
    const args = decision.kind === 'permit' ? decision.permit.args : undefined;
    assert.deepEqual([args?.targetId, args?.targetName], ['intern', 'Ines']);
  });

  for (const [whose, me] of [
    ['a guest who may choose', { id: 'guest', guest: true }],
    ['a guest, asked for by their manager', askFacts.me],
  ] as const) {
    it(`for ${whose}: an end of ours, sooner than the policy’s`, () => {
      const decision = decideAsk({
        ...askFacts,
        me,
        target: { id: 'guest', name: '', mine: true, guest: true },
        tier: { ...tier, guests: { mayAsk: true, mayApprove: false } },
        requirement: { policyId: 'pol', reasonRequired: true, ownDates: true, lasts: 'P60D', questions: [] },
      });
      const args = decision.kind === 'permit' ? decision.permit.args : undefined;
      assert.equal(args?.endsAt, '2026-12-20T08:00:00.000Z');
    });
  }

  it('a reason and an answer that are both wrong are told together', () => {
    const decision = decideAsk({
      ...askFacts,
      wish: { ...wish, reason: 'test', startDate: '2026-02-31' },
      requirement: { policyId: 'pol', reasonRequired: true, ownDates: true, lasts: 'P60D', questions: [] },
    });
    assert.equal(decision.kind === 'refuse' && decision.code, 'packages.form');
  });
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

  it('is refused on access that would be one’s own, whoever asked for it', () => {
    const request = { ...decideFacts.request, targetId: 'manager' };
    const decision = decideStage('packages.approve', { ...decideFacts, request });
    assert.equal(decision.kind === 'refuse' && decision.code, 'packages.own-access');
  });

  it('names exactly the stage that was looked at', () => {
    const second: DecideFacts = {
      ...decideFacts,
      card: { ...decideFacts.card, stage: 1 },
      decided: 1,
      stages: 2,
      stage: { id: 's2', index: 1, assignedToMe: true },
    };
    const decision = decideStage('packages.deny', second);
    assert.equal(decision.kind, 'permit');
    if (decision.kind !== 'permit') return;
    const { requestId, stageId, stage, stages, verdict } = decision.permit.args;
    assert.deepEqual([requestId, stageId, stage, stages, verdict], ['q1', 's2', 1, 2, 'Deny']);
  });

  const refusals: readonly [string, Partial<DecideFacts>, string][] = [
    ['the flow is off', { capability: 'off' }, 'flows.off'],
    ['the card is too old', { card: { ...decideFacts.card, expired: true } }, 'flows.card-expired'],
    ['it was decided before', { request: { ...decideFacts.request, pending: false } }, 'packages.settled'],
    ['Entra shows them no stage', { stage: undefined }, 'packages.not-approver'],
    [
      'the stage is not theirs now',
      { stage: { id: 's1', index: 0, assignedToMe: false } },
      'packages.not-approver',
    ],
    [
      'the stage on the card is over, though the next one is theirs too',
      { decided: 1, stages: 2, stage: { id: 's2', index: 1, assignedToMe: true } },
      'packages.stage-over',
    ],
    [
      'Entra is at an earlier stage than the card',
      { card: { ...decideFacts.card, stage: 1 }, stages: 2 },
      'packages.not-approver',
    ],
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
