import assert from 'node:assert/strict';
import { day } from '../../../src/base/clock.js';
import {
  decideSignOut,
  decideWithdraw,
  type WithdrawFacts,
} from '../../../src/flows/recovery/open/own-rules.js';
import { decideOpen, type OpenFacts } from '../../../src/flows/recovery/open/rules.js';

const now = Date.parse('2026-11-19T08:00:00Z');

const facts: OpenFacts = {
  capability: 'act',
  policy: { triesADay: 3, hireWindow: 14 * day },
  me: { id: 'leilani', name: 'Leilani', guest: false, enabled: true },
  subject: { id: 'leilani', name: 'Leilani', guest: false, enabled: true },
  what: 'lost',
  note: 'In a taxi.',
  openedToday: 0,
  mayWelcome: false,
  firstDay: undefined,
  now,
};

const colleague = { id: 'wanjiru', name: 'Wanjiru', guest: false, enabled: true };
const noor = { id: 'noor', name: 'Noor', guest: false, enabled: false };
const firstDay: OpenFacts = {
  ...facts,
  me: colleague,
  subject: noor,
  what: 'starter',
  mayWelcome: true,
  firstDay: now + 7 * day,
};

const codeOf = (change: Partial<OpenFacts>, from = facts): string => {
  const decision = decideOpen({ ...from, ...change });
  return decision.kind === 'refuse' ? decision.code : 'permit';
};

describe('who may open a case', () => {
  it('anybody of the organisation for themselves, and what is opened is what was decided', () => {
    const decision = decideOpen(facts);
    assert.ok(decision.kind === 'permit');
    assert.deepEqual(decision.permit.args, {
      subject: 'leilani',
      subjectName: 'Leilani',
      openedBy: 'leilani',
      openerName: 'Leilani',
      what: 'lost',
      note: 'In a taxi.',
    });
    assert.deepEqual(decision.basis, ['recovery.triesADay=3']);
  });

  it('any colleague for somebody else', () => assert.equal(codeOf({ me: colleague }), 'permit'));

  it('no guest, neither for themselves nor for others', () => {
    const guest = { ...colleague, guest: true };
    assert.equal(codeOf({ me: guest, subject: guest }), 'recovery.guest');
    assert.equal(codeOf({ me: guest }), 'recovery.no-guest-helper');
  });

  it('nobody for a guest, who is recovered at home', () =>
    assert.equal(codeOf({ me: colleague, subject: { ...noor, guest: true } }), 'recovery.guest-subject'));

  it('nobody for an account that is switched off', () =>
    assert.equal(codeOf({ me: colleague, subject: noor }), 'recovery.switched-off'));

  it('only so many a day', () => {
    assert.equal(codeOf({ openedToday: 2 }), 'permit');
    assert.equal(codeOf({ openedToday: 3 }), 'recovery.too-many');
    assert.equal(codeOf({ openedToday: 3 }, firstDay), 'recovery.too-many');
  });

  it('nobody where it is not switched on', () => {
    assert.equal(codeOf({ capability: 'notify' }), 'flows.off');
    assert.equal(codeOf({ capability: 'off' }), 'flows.off');
  });
});

describe('a first day', () => {
  it('is opened by whoever welcomes them, though the account does not work yet', () => {
    assert.equal(codeOf({}, firstDay), 'permit');
    assert.equal(codeOf({ mayWelcome: false }, firstDay), 'recovery.not-welcoming');
  });

  it('is not one’s own to open', () =>
    assert.equal(codeOf({ me: noor, mayWelcome: true }, firstDay), 'recovery.own-first-day'));

  it('is near, and known to Entra', () => {
    assert.equal(codeOf({ firstDay: undefined }, firstDay), 'recovery.no-first-day');
    assert.equal(codeOf({ firstDay: now + 14 * day }, firstDay), 'permit');
    assert.equal(codeOf({ firstDay: now + 14 * day + 1 }, firstDay), 'recovery.too-early');
    assert.equal(codeOf({ firstDay: now - 14 * day }, firstDay), 'permit');
    assert.equal(codeOf({ firstDay: now - 14 * day - 1 }, firstDay), 'recovery.started');
  });
});

describe('signing oneself out everywhere', () => {
  const own = {
    capability: 'act' as const,
    card: { expired: false },
    me: 'leilani',
    subject: 'leilani',
    open: true,
    one: { id: 'c1' },
    now,
  };
  const code = (change: Partial<typeof own>): string => {
    const decision = decideSignOut({ ...own, ...change });
    return decision.kind === 'refuse' ? decision.code : 'permit';
  };

  it('is for whoever the case is about, and while it is open', () => {
    assert.equal(code({}), 'permit');
    assert.equal(code({ me: 'wanjiru' }), 'recovery.not-yours');
    assert.equal(code({ open: false }), 'recovery.closed');
    assert.equal(code({ card: { expired: true } }), 'flows.card-expired');
  });
});

describe('taking a case back', () => {
  const own: WithdrawFacts = {
    capability: 'act',
    card: { expired: false },
    me: 'leilani',
    subject: 'leilani',
    openedBy: 'wanjiru',
    caseId: 'c1',
    kind: 'broken',
    wrongHands: false,
    open: true,
    state: 'attest',
    passMade: false,
  };
  const code = (change: Partial<WithdrawFacts>): string => {
    const decision = decideWithdraw({ ...own, ...change });
    return decision.kind === 'refuse' ? decision.code : 'permit';
  };

  it('is for its subject and for whoever opened it', () => {
    assert.equal(code({}), 'permit');
    assert.equal(code({ me: 'wanjiru' }), 'permit');
    assert.equal(code({ me: 'olumide' }), 'recovery.not-yours');
  });

  it('is not for whoever may hold the device that somebody else reported', () => {
    assert.equal(code({ wrongHands: true }), 'recovery.not-yours');
    assert.equal(code({ wrongHands: true, me: 'wanjiru' }), 'permit');
    assert.equal(code({ wrongHands: true, openedBy: 'leilani' }), 'permit');
  });

  it('is for nobody where somebody else may be in the account', () => {
    for (const me of ['leilani', 'wanjiru'])
      assert.equal(code({ kind: 'not-me', me }), 'recovery.denied-stays');
  });

  it('ends when a pass is made, which only its maker takes away again', () => {
    assert.equal(code({ state: 'issue' }), 'permit');
    assert.equal(code({ state: 'issue', passMade: true }), 'recovery.pass-made');
    assert.equal(code({ state: 'sign-in', passMade: true }), 'recovery.pass-made');
    assert.equal(code({ state: 'clean-up' }), 'recovery.pass-made');
    assert.equal(code({ open: false, state: 'closed' }), 'recovery.closed');
  });
});
