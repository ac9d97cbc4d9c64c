import assert from 'node:assert/strict';
import { minute } from '../../../src/base/clock.js';
import { changeIn } from '../../../src/flows/recovery/changes/change-in.js';
import { fits, isSameThing } from '../../../src/flows/recovery/changes/made-here.js';
import { placeIn } from '../../../src/flows/recovery/changes/place-of.js';
import { decideMine, decideNotMe } from '../../../src/flows/recovery/changes/rules.js';
import { decideDrop, decideHandled } from '../../../src/flows/recovery/incident/rules.js';
import type { AuditRow } from '../../../src/graph/directory-audits.js';

const ada = '11111111-0000-4000-8000-000000000001';
const tom = '11111111-0000-4000-8000-000000000002';
const at = Date.parse('2026-11-21T09:00:00Z');

const row = (activity: string, more: Partial<AuditRow> = {}): AuditRow => ({
  id: 'row-1',
  at: new Date(at).toISOString(),
  activity,
  category: 'UserManagement',
  service: 'Authentication Methods',
  ok: true,
  reason: '',
  by: { id: ada, name: 'Ada' },
  byApp: '',
  targets: [{ id: ada, name: 'Ada', type: 'User' }],
  details: {},
  correlationId: '',
  ...more,
});

describe('a line of the log about how somebody signs in', () => {
  const told = (activity: string, reason: string) => {
    const found = changeIn(row(activity, { reason }));
    return found && [found.happened, found.what, found.isPass];
  };

  it('says what happened to what, in words for people', () => {
    const user = (what: string) => told('User registered security info', `User registered ${what}`);
    assert.deepEqual(user('Fido2 authentication method'), ['added', 'a passkey or security key', false]);
    assert.deepEqual(user('mobile phone method'), ['added', 'a mobile number', false]);
    assert.deepEqual(user('Authenticator App with Notification and Code'), [
      'added',
      'Microsoft Authenticator',
      false,
    ]);
    assert.deepEqual(user('Windows Hello for Business'), ['added', 'Windows Hello', false]);
    assert.deepEqual(user('something new'), ['added', 'a way to sign in', false]);
    assert.deepEqual(
      told('Admin registered security info', 'Admin registered temporary access pass method for user'),
      ['added', 'a pass to sign in', true],
    );
    assert.deepEqual(
      told('Admin deleted security info', 'Admin deleted alternate mobile phone method for user'),
      ['removed', 'a second mobile number', false],
    );
    assert.deepEqual(told('User changed default security info', 'User changed default method to push'), [
      'changed',
      'what you are asked for first',
      false,
    ]);
  });

  it('is no news where nothing changed, it failed, or it is about nobody', () => {
    assert.equal(changeIn(row('User started security info registration')), undefined);
    assert.equal(changeIn(row('User reviewed security info')), undefined);
    assert.equal(changeIn(row('User registered all required security info')), undefined);
    assert.equal(changeIn(row('Authentication Methods Policy Update')), undefined);
    assert.equal(changeIn(row('User registered security info', { ok: false })), undefined);
    assert.equal(changeIn(row('User registered security info', { targets: [] })), undefined);
    assert.equal(changeIn(row('User registered security info', { at: 'yesterday' })), undefined);
  });

  it('names who did it, and from where', () => {
    const by = { id: tom, name: 'Tom' };
    const found = changeIn(row('Admin deleted security info', { by, byIp: '203.0.113.7' }));
    assert.deepEqual([found?.byId, found?.byName, found?.ip], [tom, 'Tom', '203.0.113.7']);
    const app = changeIn(row('Admin deleted security info', { by: undefined, byApp: 'Sync' }));
    assert.deepEqual([app?.byId, app?.byName, app?.ip], ['', 'Sync', '']);
  });

  it('a place is told only where the same address was seen', () => {
    const seen = { at: '', app: '', ok: true, risk: '', riskState: '', city: 'Lisbon', country: 'PT' };
    assert.equal(placeIn([{ ...seen, ip: '203.0.113.7' }], '203.0.113.7'), 'Lisbon, PT');
    assert.equal(placeIn([{ ...seen, ip: '203.0.113.7' }], '203.0.113.8'), '');
  });
});

describe('what was done in a case', () => {
  const change = changeIn(
    row('Admin registered security info', {
      by: { id: tom, name: 'Tom' },
      reason: 'Admin registered temporary access pass method for user',
    }),
  );
  const step = {
    item: 'recoveryCase:1',
    effect: 'recovery.issue',
    actor_id: tom,
    created_at: at - minute,
    settled_at: at,
  };

  it('fits in person, time and kind, and in nothing less', () => {
    assert.ok(change);
    assert.equal(fits(step, change), true);
    assert.equal(fits({ ...step, actor_id: ada }, change), false);
    assert.equal(fits({ ...step, effect: 'recovery.remove' }, change), false);
    assert.equal(fits({ ...step, effect: 'recovery.revoke' }, change), false);
    assert.equal(fits({ ...step, created_at: at + 5 * minute, settled_at: null }, change), false);
    assert.equal(
      fits({ ...step, created_at: at - 60 * minute, settled_at: at - 59 * minute }, change),
      false,
    );
    // Whoever makes a pass in a case and registers a phone besides did that elsewhere.
    assert.equal(fits(step, { ...change, isPass: false }), false);
  });
});

describe('the answer to “was this you?”', () => {
  const change = { id: 'row-1', person: ada, answer: '' } as const;
  const facts = { capability: 'act', card: { expired: false }, me: ada, change } as const;
  const codeOf = (decision: { readonly kind: string; readonly code?: string }) => decision.code;

  it('is its owner’s alone, and a no stays', () => {
    assert.equal(decideMine(facts).kind, 'permit');
    assert.equal(decideNotMe(facts).kind, 'permit');
    assert.equal(decideNotMe({ ...facts, change: { ...change, answer: 'mine' } }).kind, 'permit');
    assert.equal(codeOf(decideNotMe({ ...facts, me: tom })), 'recovery.not-yours');
    assert.equal(codeOf(decideMine({ ...facts, capability: 'notify' })), 'flows.off');
    assert.equal(codeOf(decideMine({ ...facts, card: { expired: true } })), 'flows.card-expired');
    assert.equal(
      codeOf(decideMine({ ...facts, change: { ...change, answer: 'not-me' } })),
      'recovery.denied-already',
    );
  });

  it('whoever made the change, or whom it happened to, does not say that it was looked into', () => {
    const about = { subjectName: 'Ada', openerName: 'Ada', note: '', subjectTold: true, outcome: '' };
    const incident = {
      capability: 'act',
      card: { expired: false },
      me: { id: 'sec', name: 'Sec', guest: false },
      one: { id: 'case', subject: ada, closed_at: 0, about },
      changedBy: [tom],
      at,
    } as const;
    const handle = { ...incident, looksAfter: true, passesLeft: 0, note: 'Called her, an old phone' };
    const drop = { ...incident, hasRole: true, passes: ['pass'] };
    assert.equal(decideHandled(handle).kind, 'permit');
    assert.equal(decideDrop(drop).kind, 'permit');
    assert.equal(
      codeOf(decideHandled({ ...handle, me: { ...incident.me, id: tom } })),
      'recovery.own-change',
    );
    assert.equal(codeOf(decideHandled({ ...handle, me: { ...incident.me, id: ada } })), 'recovery.own-case');
    assert.equal(
      codeOf(decideHandled({ ...handle, me: { ...incident.me, guest: true } })),
      'recovery.guest-helps',
    );
    assert.equal(codeOf(decideHandled({ ...handle, looksAfter: false })), 'recovery.not-security');
    assert.equal(codeOf(decideHandled({ ...handle, note: 'ok . . . . . . .' })), 'recovery.handled-note');
    assert.equal(
      codeOf(decideHandled({ ...handle, one: { ...handle.one, closed_at: 1 } })),
      'recovery.closed',
    );
    assert.equal(codeOf(decideDrop({ ...drop, hasRole: false })), 'recovery.no-role');
    assert.equal(codeOf(decideDrop({ ...drop, passes: [] })), 'recovery.no-pass-there');
    assert.equal(codeOf(decideDrop({ ...drop, me: { ...incident.me, id: tom } })), 'recovery.own-change');
  });
});

describe('one step of a case', () => {
  const removed = (kind: string) => ({
    effect: 'recovery.remove',
    args: JSON.stringify({ method: { id: 'm', kind, text: 'x', createdAt: '' } }),
  });

  it('explains the kind of thing that it removed, and no other', () => {
    assert.equal(isSameThing(removed('phone'), { what: 'a mobile number' }), true);
    assert.equal(isSameThing(removed('phone'), { what: 'a passkey or security key' }), false);
    assert.equal(isSameThing(removed('passkey'), { what: 'a passkey or security key' }), true);
    assert.equal(isSameThing(removed('authenticator'), { what: 'Microsoft Authenticator' }), true);
    assert.equal(isSameThing(removed('phone'), { what: 'a way to sign in' }), true);
  });
});
