import assert from 'node:assert/strict';
import { hour } from '../../src/base/clock.js';
import type { ActivationRules } from '../../src/graph/pim/activating.js';
import {
  type Eligible,
  type Held,
  standingRoles,
  unusedRoles,
  type Watched,
  weakRules,
} from '../../src/insight/role-findings.js';

const since = new Date('2026-03-01T00:00:00Z');
const before = since.getTime() - hour;
const after = since.getTime() + hour;

function eligible(more: Partial<Eligible> = {}): Eligible {
  return {
    kind: 'role',
    id: 'r1',
    scope: '/',
    personId: 'ada',
    name: 'AI',
    scopeName: '',
    since: '',
    ...more,
  };
}
const used = (at: number, more: Partial<Eligible> = {}) => ({ ...eligible(more), at });

describe('roles that nobody activates', () => {
  it('are those without an activation since that day', () => {
    assert.equal(unusedRoles([eligible()], [], since).length, 1);
    assert.equal(unusedRoles([eligible()], [used(before)], since).length, 1);
    assert.equal(unusedRoles([eligible()], [used(after)], since).length, 0);
    assert.equal(unusedRoles([eligible()], [used(after, { personId: 'ben' })], since).length, 1);
    assert.equal(unusedRoles([eligible()], [used(after, { id: 'r2' })], since).length, 1);
  });

  it('are compared whatever the case of their ids, and the part of the directory, which the log does not tell', () => {
    assert.equal(unusedRoles([eligible()], [used(after, { id: 'R1', personId: 'ADA' })], since).length, 0);
    assert.equal(
      unusedRoles([eligible({ scope: '/administrativeUnits/1' })], [used(after)], since).length,
      0,
    );
  });

  it('are two for the two sides of a group', () => {
    const member = eligible({ kind: 'group', scope: 'member' });
    const owner = eligible({ kind: 'group', scope: 'owner' });
    assert.deepEqual(unusedRoles([member, owner], [{ ...member, at: after }], since), [owner]);
  });

  it('are not those that were given later: there was no time to use them', () => {
    assert.deepEqual(unusedRoles([eligible({ since: '2026-03-01T00:00:01Z' })], [], since), []);
    assert.equal(unusedRoles([eligible({ since: '2026-02-01T00:00:00Z' })], [], since).length, 1);
  });

  it('are told once, since the first of two schedules', () => {
    const found = unusedRoles(
      [eligible({ since: '2026-02-01T00:00:00Z' }), eligible({ since: '2026-01-01T00:00:00Z' })],
      [],
      since,
    );
    assert.deepEqual(
      found.map((each) => each.since),
      ['2026-01-01T00:00:00Z'],
    );
  });
});

describe('roles that somebody has all the time', () => {
  it('are neither activated nor about to end', () => {
    const held = (more: Partial<Held>): Held => ({ ...eligible(), activated: false, ends: false, ...more });
    assert.equal(standingRoles([held({})]).length, 1);
    assert.equal(standingRoles([held({ activated: true, ends: true })]).length, 0);
    assert.equal(standingRoles([held({ ends: true })]).length, 0);
    assert.equal(standingRoles([held({}), held({})]).length, 1);
  });
});

describe('rules that ask for too little', () => {
  const target: Watched = {
    kind: 'role',
    id: 'r1',
    scope: '/',
    name: 'AI',
    tier: 'privileged',
    emergency: false,
    longest: 2 * hour,
  };
  const strict: ActivationRules = {
    longest: 120,
    reason: true,
    ticket: false,
    mfa: true,
    context: '',
    approval: { required: true, approvers: [], approverReason: true, days: 1 },
  };
  const weak = (more: Partial<ActivationRules>, on: Partial<Watched> = {}) => {
    const found = weakRules({ ...target, ...on }, { ...strict, ...more });
    return found && { approval: found.noApproval, reason: found.noReason, window: found.window };
  };

  it('are not those that ask for all of it', () => assert.equal(weak({}), undefined));

  it('ask for no approval, no reason, or allow longer than the tier does', () => {
    const fine = { approval: false, reason: false, window: 0 };
    assert.deepEqual(weak({ approval: { required: false } }), { ...fine, approval: true });
    assert.deepEqual(weak({ reason: false }), { ...fine, reason: true });
    assert.deepEqual(weak({ longest: 121 }), { ...fine, window: 121 });
    assert.equal(weak({ longest: 0 }), undefined, 'Entra did not say how long');
  });

  it('may go without approval on a bad day', () => {
    assert.equal(weak({ approval: { required: false } }, { emergency: true }), undefined);
    assert.ok(weak({ reason: false }, { emergency: true }));
  });

  it('are enough for what is of the standard tier', () => {
    assert.equal(weak({ reason: false, longest: 1440 }, { tier: 'standard' }), undefined);
  });
});
