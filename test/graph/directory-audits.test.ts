import assert from 'node:assert/strict';
import { type AuditRow, asAuditRow, pimRowsSince, rowsBy } from '../../src/graph/directory-audits.js';
import type { GraphReader } from '../../src/graph/graph.js';
import { activatingOf } from '../../src/graph/pim/kinds.js';
import { type OddGraph, startOddGraph } from './odd-graph.js';
import { idOf, openPracticeGraph } from './practice-graph.js';

const person = 'AA000000-0000-4000-8000-00000000000A';

const activation = {
  id: 'PIM_1',
  activityDateTime: '2026-11-21T09:00:03.12Z',
  activityDisplayName: 'Add member to role completed (PIM activation)',
  category: 'RoleManagement',
  correlationId: 'CC000000-0000-4000-8000-000000000001',
  loggedByService: 'PIM',
  operationType: 'ActivateRole',
  result: 'Success',
  resultReason: 'INC-4711 mailbox restore',
  initiatedBy: {
    app: null,
    user: { id: person, displayName: 'Ada', userPrincipalName: 'ada@contoso.example' },
  },
  targetResources: [
    {
      id: 'D2562EDE-74db-457e-a7b6-544e236ebb61',
      displayName: 'AI Administrator',
      type: 'Role',
      modifiedProperties: [],
    },
    { id: person, displayName: null, userPrincipalName: 'ada@contoso.example', type: 'User' },
  ],
  additionalDetails: [
    { key: 'TicketNumber', value: 'INC-4711' },
    { key: 'TicketSystem', value: null },
  ],
};

describe('a row of the audit log', () => {
  it('is read with who did it, to what, and why', () => {
    assert.deepEqual(asAuditRow(activation), {
      id: 'PIM_1',
      at: '2026-11-21T09:00:03.12Z',
      activity: 'Add member to role completed (PIM activation)',
      category: 'RoleManagement',
      service: 'PIM',
      ok: true,
      reason: 'INC-4711 mailbox restore',
      by: { id: person.toLowerCase(), name: 'Ada' },
      byApp: '',
      targets: [
        { id: 'd2562ede-74db-457e-a7b6-544e236ebb61', name: 'AI Administrator', type: 'Role' },
        { id: person.toLowerCase(), name: 'ada@contoso.example', type: 'User' },
      ],
      details: { TicketNumber: 'INC-4711', TicketSystem: '' },
      correlationId: 'cc000000-0000-4000-8000-000000000001',
    });
  });

  it('tells an application from a person', () => {
    const initiatedBy = { user: null, app: { displayName: 'MS-PIM', servicePrincipalId: person } };
    const { by, byApp, ok } = asAuditRow({ ...activation, initiatedBy, result: 'failure' });
    assert.deepEqual([by, byApp, ok], [undefined, 'MS-PIM', false]);
  });

  it('may lack almost everything', () => {
    const row = asAuditRow({ id: '1', activityDateTime: '2026-11-21T09:00:03Z' });
    assert.deepEqual([row.by, row.byApp, row.targets, row.details, row.ok], [undefined, '', [], {}, false]);
    assert.throws(() => asAuditRow({ id: '1' }), { code: 'graph.broken-answer' });
  });
});

describe('the audit log', () => {
  let odd: OddGraph;
  let reader: GraphReader;

  beforeEach(async () => {
    odd = await startOddGraph();
    reader = odd.graph.reader('reference');
  });
  afterEach(() => odd.close());

  const row = (id: string) => ({ ...activation, id });
  const queries = () =>
    odd.seen.map(({ path }) => Object.fromEntries(new URLSearchParams(path.split('?')[1])));
  const from = new Date('2026-11-21T08:00:00Z');
  const to = new Date('2026-11-21T10:00:00Z');

  it('is asked for both names of role management, oldest first, with no operator it does not know', async () => {
    odd.onRequest((_seen, n) => ({ body: { value: n === 1 ? [row('1'), row('2')] : [row('3')] } }));
    const ids: string[] = [];
    for await (const page of pimRowsSince(reader, from, to)) ids.push(...page.map(({ id }) => id));
    assert.deepEqual(ids, ['1', '2', '3']);
    const until =
      'activityDateTime ge 2026-11-21T08:00:00.000Z and activityDateTime le 2026-11-21T10:00:00.000Z';
    const rest = { $orderby: 'activityDateTime', $top: '1000' };
    assert.deepEqual(queries(), [
      { $filter: `loggedByService eq 'PIM' and ${until}`, ...rest },
      { $filter: `loggedByService eq 'Privileged Identity Management' and ${until}`, ...rest },
    ]);
  });

  it('gives the newest of what one person did, newest last, and reads no further', async () => {
    odd.onRequest((_seen, n) => ({
      body: {
        value: [row(`${n}b`), row(`${n}a`)],
        '@odata.nextLink': `https://graph.microsoft.com/v1.0/auditLogs/directoryAudits?p=${n}`,
      },
    }));
    const rows = await rowsBy(reader, person, from, to, 3);
    assert.deepEqual(
      rows.map(({ id }) => id),
      ['2b', '1a', '1b'],
    );
    assert.equal(odd.seen.length, 2);
    const [first] = queries();
    assert.match(
      first?.$filter ?? '',
      /^initiatedBy\/user\/id eq 'AA0.*' and activityDateTime ge .* le .*Z$/,
    );
    assert.deepEqual([first?.$orderby, first?.$top], ['activityDateTime desc', '3']);
  });
});

describe('the audit log of the practice tenant', () => {
  it('tells of an activation a while later, and of who made it', async () => {
    const practice = await openPracticeGraph();
    try {
      const own = ['RoleEligibilitySchedule.Read.Directory', 'RoleAssignmentSchedule.ReadWrite.Directory'];
      const engineer = await practice.as('engineer', ...own);
      const roles = activatingOf('role');
      const found = (await roles.eligible(engineer)).find(({ name }) => name === 'Security Administrator');
      assert.ok(found !== undefined);
      const wish = {
        ...found,
        principalId: idOf('engineer'),
        reason: 'Look at the alert of tonight',
        ticket: undefined,
        minutes: 60,
        startsAt: undefined,
        requestId: '11111111-0000-4000-8000-000000000001',
      };
      const since = new Date(Date.now() - 60_000);
      const asked = await roles.submit(engineer, wish, () => Promise.resolve(false));
      await practice.visit.control('POST', '/clock', { advance: 'PT2M' });
      const rows: AuditRow[] = [];
      for await (const page of pimRowsSince(practice.reader, since)) rows.push(...page);
      const requested = rows.find(({ activity }) => /role requested \(PIM activation\)/.test(activity));
      assert.deepEqual(
        [requested?.by?.id, requested?.reason, requested?.ok, requested?.category],
        [idOf('engineer'), wish.reason, true, 'RoleManagement'],
      );
      assert.equal(requested?.details.RoleAssignmentRequestId?.toLowerCase(), asked?.id);
      assert.ok(requested?.targets.some(({ id, type }) => id === found.id && type === 'Role'));
      const upTo = new Date(Date.now() + 600_000);
      const did = await rowsBy(practice.reader, idOf('engineer'), since, upTo, 50);
      assert.ok(did.length > 0 && did.every(({ by }) => by?.id === idOf('engineer')));
      const times = did.map(({ at }) => Date.parse(at));
      assert.deepEqual(
        times,
        times.toSorted((one, other) => one - other),
      );
    } finally {
      await practice.close();
    }
  });
});
