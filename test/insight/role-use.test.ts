import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AuditRow } from '../../src/graph/directory-audits.js';
import { type Pressed, roleUse } from '../../src/insight/role-use.js';

const ada = { id: 'a0000000-0000-4000-8000-000000000001', name: 'Ada' };
const ben = { id: 'a0000000-0000-4000-8000-000000000002', name: 'Ben', type: 'User' };
const window = {
  personId: ada.id,
  from: new Date('2026-03-02T09:00:00Z'),
  to: new Date('2026-03-02T11:00:00Z'),
};

let made = 0;
function row(activity: string, more: Partial<AuditRow> = {}): AuditRow {
  made += 1;
  return {
    id: `row-${made}`,
    at: '2026-03-02T10:00:00Z',
    activity,
    category: 'Policy',
    service: 'Core Directory',
    ok: true,
    reason: '',
    by: ada,
    byApp: '',
    targets: [],
    details: {},
    correlationId: `step-${made}`,
    ...more,
  };
}

const use = (rows: readonly AuditRow[], pressed: readonly Pressed[] = []) =>
  roleUse(rows, window, { pressed, isGuarded: (id) => id === 'guarded' });
const whatOf = (rows: readonly AuditRow[], pressed: readonly Pressed[] = []) =>
  use(rows, pressed).did.map(({ what }) => what);

describe('what was done with a role', () => {
  it('is nothing where the log has nothing', () => {
    assert.deepEqual(use([]), { did: [], done: 0, failed: 0 });
  });

  it('is told in plain words, with what failed', () => {
    const rows = [
      row('Update policy', {
        at: '2026-03-02T10:30:00Z',
        targets: [{ id: 'p', name: 'Block all', type: 'Policy' }],
      }),
      row('Add user', { at: '2026-03-02T09:10:00.5Z', targets: [ben] }),
      row('Add member to role', {
        at: '2026-03-02T10:40:00Z',
        ok: false,
        targets: [ben, { ...ben, name: 'Reader', type: 'Role' }],
      }),
    ];
    const line = (at: string) => ({ at, lastAt: at, ok: true, times: 1 });
    assert.deepEqual(use(rows), {
      did: [
        { ...line('2026-03-02T09:10:00.5Z'), what: 'added a user', on: 'Ben', danger: 'plain' },
        { ...line('2026-03-02T10:30:00Z'), what: 'changed a policy', on: 'Block all', danger: 'high' },
        {
          ...line('2026-03-02T10:40:00Z'),
          what: 'gave somebody a role',
          on: 'Ben, Reader',
          ok: false,
          danger: 'high',
        },
      ],
      done: 2,
      failed: 1,
    });
  });

  it('is one line for what was done many times, and all of it counts', () => {
    const many = Array.from({ length: 620 }, () => row('Update user', { targets: [ben] }));
    const { did, done, failed } = use([row('Add service principal credentials'), ...many]);
    assert.deepEqual(
      did.map(({ what, times, danger }) => [what, times, danger]),
      [
        ['added a secret to an enterprise application', 1, 'high'],
        ['changed a user', 620, 'plain'],
      ],
    );
    assert.deepEqual([done, failed], [621, 0]);
  });

  it('tells a group that matters from others', () => {
    const added = (id: string) =>
      row('Add member to group', { targets: [ben, { id, name: id, type: 'Group' }] });
    assert.deepEqual(
      use([added('any'), added('guarded'), added('other')]).did.map(({ on, danger }) => [on, danger]),
      [
        ['Ben, any, other', 'some'],
        ['Ben, guarded', 'high'],
      ],
    );
  });

  it('keeps the words of the log for what it has no plainer ones for', () => {
    assert.deepEqual(whatOf([row('  Rotate the moon ')]), ['Rotate the moon']);
    assert.deepEqual(whatOf([row('constructor')]), ['constructor']);
    assert.deepEqual(whatOf([row('Update application – Certificates and secrets management ')]), [
      'changed the secrets of an application',
    ]);
  });

  it('names what was changed, by its id where it has no name, and never the request behind it', () => {
    const thing = (id: string, name: string, type = 'Group') => ({ id, name, type });
    const on = (...targets: ReturnType<typeof thing>[]) => use([row('Update group', { targets })]).did[0]?.on;
    assert.equal(on(thing('g-1', '')), 'g-1');
    assert.equal(on(thing('g-1', 'Admins'), thing('r', 'r', 'Request')), 'Admins');
    assert.equal(
      on(thing('1', 'A'), thing('2', 'B'), thing('3', 'C'), thing('4', 'D'), thing('5', 'E')),
      'A, B, C, 2 more',
    );
    assert.equal(on(), '');
  });

  it('leaves out others, applications, and what was before or after', () => {
    const rows = [
      row('Add user', { by: { id: ben.id, name: 'Ben' } }),
      row('Add member to role', { by: undefined, byApp: 'MS-PIM' }),
      row('Add user', { at: '2026-03-02T08:59:59Z' }),
      row('Add user', { at: '2026-03-02T11:00:01Z' }),
      row('Add user', { at: 'no time' }),
    ];
    assert.deepEqual(whatOf(rows), []);
  });

  it('counts a row once, however often its page came', () => {
    const one = row('Add user');
    assert.equal(use([one, one, { ...one }]).done, 1);
  });

  it('leaves out what was written about the activation itself, and keeps what was done to the roles of others', () => {
    const pim = { service: 'PIM', category: 'RoleManagement' };
    const self = { ...ada, type: 'User' };
    const rows = [
      row('Add member to role requested (PIM activation)', { ...pim, targets: [self] }),
      row('Remove member from role completed (PIM deactivate)', {
        ...pim,
        service: 'Privileged Identity Management',
        targets: [self],
      }),
      row('Add member to role request approved (PIM activation)', { ...pim, targets: [ben] }),
      row('Add eligible member to role in PIM completed (permanent)', { ...pim, targets: [self] }),
    ];
    assert.deepEqual(whatOf(rows), [
      'Add member to role request approved (PIM activation)',
      'Add eligible member to role in PIM completed (permanent)',
    ]);
  });

  it('counts once what role management says was asked for and is done', () => {
    const pim = { service: 'PIM', targets: [ben], correlationId: 'same' };
    const rows = [
      row('Add eligible member to role in PIM requested (permanent)', pim),
      row('Add eligible member to role in PIM completed (permanent)', pim),
      row('Add eligible member to role in PIM requested (permanent)', { ...pim, correlationId: 'other' }),
    ];
    assert.deepEqual(whatOf(rows), [
      'Add eligible member to role in PIM completed (permanent)',
      'Add eligible member to role in PIM requested (permanent)',
    ]);
  });

  it('leaves out what was pressed here, only while it was being done', () => {
    const at = Date.parse('2026-03-02T10:00:00Z');
    const pressed = [{ reference: 'ABC', from: at - 2000, to: at - 1000 }];
    const ours = row('Approve decision in access review', { correlationId: 'abc' });
    const later = row('Add user', { correlationId: 'abc', at: '2026-03-02T10:05:00Z' });
    assert.deepEqual(
      whatOf([ours, later], pressed),
      ['added a user'],
      'the reference stands in the log afterwards',
    );
    const early = row('Add user', { correlationId: 'abc', at: '2026-03-02T09:50:00Z' });
    assert.deepEqual(whatOf([early], pressed), ['added a user']);
    assert.equal(
      use([row('Add user', { correlationId: '' })], [{ reference: '', from: 0, to: 9e15 }]).done,
      1,
    );
  });

  it('never counts more than there was, whatever the log says', () => {
    const text = fc.string({ unit: 'grapheme' });
    const target = fc.record({ id: text, name: text, type: text });
    const odd = fc.record({
      activity: text,
      at: text,
      ok: fc.boolean(),
      targets: fc.array(target),
      service: text,
    });
    fc.assert(
      fc.property(fc.array(odd), (all) => {
        const { did, done, failed } = use(all.map((each) => row(each.activity, each)));
        const told = did.reduce((sum, { times }) => sum + times, 0);
        assert.equal(told, done + failed);
        assert.ok(told <= all.length);
      }),
    );
  });
});
