import assert from 'node:assert/strict';
import type { Case } from '../../../src/flows/recovery/cases.js';
import { decideClose } from '../../../src/flows/recovery/close/rules.js';
import { saysOf } from '../../../src/flows/recovery/errors.js';
import { decideIssue, type IssueFacts } from '../../../src/flows/recovery/issue/rules.js';
import type { Pass } from '../../../src/graph/recovery/recovery.js';
import { starterPolicy } from '../../policy/starter-policy.js';

const now = Date.parse('2026-11-19T10:00:00Z');
const minute = 60_000;
const { recovery } = starterPolicy();

const one: Case = {
  id: 'case',
  subject: 'subject',
  opened_by: 'subject',
  kind: 'lost',
  state: 'issue',
  about: {
    subjectName: 'Leilani',
    openerName: 'Leilani',
    note: '',
    subjectTold: true,
    outcome: '',
    passkey: '',
  },
  privileged: 0,
  attested: [{ by: 'manager', byName: 'M', how: 'video', note: 'Saw her.', at: now - minute }],
  issuer: '',
  pass: undefined,
  baseline: [],
  removed: [],
  cleaned: 0,
  opened_at: now - 60 * minute,
  changed_at: now,
  escalated: 0,
  closed_at: 0,
};
const second = {
  by: 'security',
  byName: 'S',
  how: 'in-person',
  note: 'She is here.',
  at: now - minute,
} as const;
const pass: Pass = {
  id: 'p1',
  createdAt: '',
  startsAt: '',
  minutes: 60,
  once: false,
  usable: true,
  why: 'EnabledByPolicy',
};
const good: IssueFacts = {
  capability: 'act',
  recovery,
  card: { expired: false },
  me: { id: 'issuer', guest: false },
  holdsRole: true,
  one,
  changedBy: [],
  manager: '',
  subject: { guest: false, enabled: true },
  privileged: false,
  flags: { found: [], unread: [] },
  tap: {
    enabled: true,
    leastMinutes: 60,
    longestMinutes: 480,
    oneTimeOnly: false,
    includes: ['all_users'],
    excludes: [],
  },
  groups: ['g1'],
  passes: [],
  replaces: '',
  otherPasses: [],
  passesToday: 0,
  now,
};
const privileged = {
  privileged: true,
  one: { ...one, privileged: 1 as const, attested: [...one.attested, second] },
};
const flag = (name: 'manager-changed' | 'opened-by-other') => ({ name, at: '', detail: '' });

const codeOf = (facts: Partial<IssueFacts>): string => {
  const decision = decideIssue({ ...good, ...facts });
  return decision.kind === 'refuse' ? decision.code : 'permit';
};
const argsOf = (facts: Partial<IssueFacts>) => {
  const decision = decideIssue({ ...good, ...facts });
  assert.ok(decision.kind === 'permit', JSON.stringify(decision));
  return decision.permit.args;
};

describe('who gets a pass, and from whom', () => {
  const refusals: readonly (readonly [string, string, Partial<IssueFacts>])[] = [
    ['oneself', 'recovery.own-case', { me: { id: 'subject', guest: false } }],
    ['after vouching', 'recovery.attester-issues', { me: { id: 'manager', guest: false } }],
    ['the flow only notifies', 'flows.off', { capability: 'notify' }],
    ['a guest', 'recovery.guest-issues', { me: { id: 'issuer', guest: true } }],
    ['without the role', 'recovery.no-role', { holdsRole: false }],
    ['a closed case', 'recovery.closed', { one: { ...one, closed_at: now } }],
    ['an old card', 'flows.card-expired', { card: { expired: true } }],
    ['nobody vouched', 'recovery.not-attested', { one: { ...one, attested: [], state: 'attest' } }],
    ['nobody vouched, whatever the state says', 'recovery.not-attested', { one: { ...one, attested: [] } }],
    ['one of two vouched', 'recovery.not-attested', { privileged: true, one: { ...one, privileged: 1 } }],
    ['a role got since', 'recovery.now-privileged', { privileged: true }],
    ['they are in again', 'recovery.signed-in', { one: { ...one, state: 'clean-up' } }],
    ['a sign', 'recovery.flagged', { flags: { found: [flag('manager-changed')], unread: [] } }],
    [
      'a sign nobody could read',
      'recovery.unread-signs',
      { flags: { found: [], unread: ['risky-sign-in'] } },
    ],
    ['another case lately', 'recovery.cool-down', { otherPasses: [now - recovery.coolDown + 1] }],
    ['the last of the day', 'recovery.passes-a-day', { passesToday: recovery.triesADay }],
    ['for a guest', 'recovery.no-pass-for-guest', { subject: { guest: true, enabled: true } }],
    ['for a blocked account', 'recovery.no-pass-for-blocked', { subject: { guest: false, enabled: false } }],
    ['passes are off', 'recovery.passes-off', { tap: { ...good.tap, enabled: false } }],
    ['not in the group', 'recovery.pass-not-for-them', { tap: { ...good.tap, includes: ['g2'] } }],
    ['left out', 'recovery.pass-not-for-them', { tap: { ...good.tap, excludes: ['G1'] } }],
    ['too long', 'recovery.pass-too-long', { tap: { ...good.tap, leastMinutes: 61 } }],
    ['no range', 'recovery.pass-too-long', { tap: { ...good.tap, leastMinutes: 1, longestMinutes: 5 } }],
    ['there is one', 'recovery.pass-there', { passes: [pass] }],
    ['there is another', 'recovery.pass-there', { passes: [pass], replaces: 'p0' }],
    [
      'one that begins later',
      'recovery.pass-there',
      { passes: [{ ...pass, usable: false, why: 'NotYetValid' }] },
    ],
  ];
  for (const [name, code, facts] of refusals) {
    it(`not: ${name}`, () => {
      assert.equal(codeOf(facts), code);
      assert.ok(saysOf(code).says.length > 10);
    });
  }

  it('the subject before all else, so that nothing is learned about the case', () => {
    const me = { id: 'subject', guest: true };
    assert.equal(
      codeOf({ me, capability: 'off', holdsRole: false, one: { ...one, closed_at: 1 } }),
      'recovery.own-case',
    );
  });

  it('as short as Entra allows, never under ten minutes', () => {
    assert.equal(argsOf({}).minutes, 60);
    assert.equal(argsOf({ tap: { ...good.tap, leastMinutes: 10 } }).minutes, 10);
    assert.equal(argsOf({ tap: { ...good.tap, leastMinutes: 1 } }).minutes, 10);
  });

  it('for one sign-in where somebody is privileged, or the policy says so', () => {
    const once = (which: 'always' | 'privileged' | 'never', more: Partial<IssueFacts> = {}) =>
      argsOf({ ...more, recovery: { ...recovery, pass: { ...recovery.pass, once: which } } }).once;
    assert.deepEqual([once('always'), once('privileged'), once('never')], [true, false, false]);
    assert.deepEqual([once('privileged', privileged), once('never', privileged)], [true, false]);
    assert.equal(once('never', { tap: { ...good.tap, oneTimeOnly: true } }), true);
  });

  it('with signs that stop nothing, after a used pass, in place of a named one', () => {
    assert.equal(codeOf({ flags: { found: [flag('opened-by-other')], unread: ['new-location'] } }), 'permit');
    assert.equal(codeOf({ passes: [{ ...pass, usable: false, why: 'OneTimeUsed' }] }), 'permit');
    assert.deepEqual(argsOf({ passes: [pass], replaces: 'p1', one: { ...one, state: 'sign-in' } }).before, [
      'p1',
    ]);
    assert.equal(codeOf({ otherPasses: [now - recovery.coolDown - 1] }), 'permit');
    assert.equal(codeOf({ tap: { ...good.tap, includes: ['G1'] } }), 'permit');
  });
});

describe('whose word counts', () => {
  const at = (age: number) => ({ one: { ...one, attested: [{ by: 'manager', at: now - age }] } });

  it('one of the last day', () => {
    assert.equal(decideIssue({ ...good, ...at(23 * 60 * minute) }).kind, 'permit');
    assert.equal(codeOf({ ...good, ...at(25 * 60 * minute) }), 'recovery.not-attested');
  });

  it('not that of a new manager, whatever the policy says of such signs', () => {
    const mild = { ...good, manager: 'manager', recovery: { ...recovery, block: [] } };
    const found = { found: [{ name: 'manager-changed' }], unread: [] };
    assert.equal(decideIssue(mild).kind, 'permit');
    assert.equal(codeOf({ ...mild, flags: found }), 'recovery.not-attested');
    assert.equal(decideIssue({ ...mild, flags: found, manager: 'another' }).kind, 'permit');
    const unread = { found: [], unread: ['manager-changed'] };
    assert.equal(codeOf({ ...mild, flags: unread }), 'recovery.unread-signs');
  });

  it('nobody’s where somebody else may be in the account', () => {
    assert.equal(codeOf({ ...good, one: { ...one, kind: 'not-me' } }), 'recovery.not-handled');
    assert.equal(codeOf({ ...good, changedBy: ['issuer'] }), 'recovery.own-change');
  });
});

describe('who closes a case', () => {
  const facts = {
    capability: 'act' as const,
    card: { expired: false },
    me: { id: 'issuer', name: 'Issuer', guest: false },
    holdsRole: true,
    one,
    changedBy: [],
    busy: false,
    note: 'She is back with a new phone.',
  };
  const of = (more: object): string => {
    const decision = decideClose({ ...facts, ...more });
    return decision.kind === 'refuse' ? decision.code : 'permit';
  };

  it('a holder of the role, or whoever made the pass, with a note', () => {
    assert.equal(of({}), 'permit');
    assert.equal(of({ holdsRole: false }), 'recovery.no-role');
    assert.equal(of({ changedBy: ['issuer'] }), 'recovery.own-change');
    assert.equal(of({ busy: true }), 'recovery.pass-under-way');
    assert.equal(of({ holdsRole: false, one: { ...one, issuer: 'issuer' } }), 'permit');
    assert.equal(of({ me: { ...facts.me, id: 'subject' } }), 'recovery.own-case');
    assert.equal(of({ me: { ...facts.me, guest: true } }), 'recovery.guest-issues');
    assert.equal(of({ note: 'done' }), 'recovery.close-note');
    assert.equal(of({ one: { ...one, closed_at: 1 } }), 'recovery.closed');
    assert.equal(of({ capability: 'notify' }), 'flows.off');
    assert.equal(of({ card: { expired: true } }), 'flows.card-expired');
  });
});
