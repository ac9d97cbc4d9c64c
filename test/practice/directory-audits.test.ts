import assert from 'node:assert/strict';
import { type AuditRow, createAudits } from '../../practice/world/audits.js';
import { createClock } from '../../practice/world/clock.js';
import { personByKey } from '../../practice/world/people.js';
import { createSnapshot } from '../../practice/world/snapshot.js';
import { type TempFolder, tempFolder } from '../support/temp-folder.js';
import { type Answer, type Visit, visitPractice } from './visit.js';

const path = '/v1.0/auditLogs/directoryAudits';
const engineer = personByKey('engineer');
const host = 'https://graph.microsoft.com';

interface Row {
  readonly id: string;
  readonly activityDisplayName: string;
  readonly activityDateTime: string;
}

describe('practice audit log', () => {
  let visit: Visit;
  before(async () => {
    visit = await visitPractice();
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const act = async (activity: string, more: object = {}): Promise<void> => {
    const done = await visit.control('POST', '/pim/act', { person: 'engineer', activity, ...more });
    assert.ok(done.status < 300, JSON.stringify(done.body));
  };
  const later = (advance: string): Promise<Answer> => visit.control('POST', '/clock', { advance });
  const read = async (query: Record<string, string> = {}, from = path): Promise<Answer> =>
    visit.graph(await visit.appToken(), 'GET', `${from}?${new URLSearchParams(query)}`);
  const activities = ({ status, body }: Answer): string[] => {
    assert.equal(status, 200, JSON.stringify(body));
    return body.value.map((row: Row) => row.activityDisplayName);
  };
  const found = async ($filter: string): Promise<string[]> => activities(await read({ $filter }));

  it('shows a row only when its ingestion is over, and says of it what Graph says', async () => {
    await act('Update policy', { on: 'Block legacy sign-in', type: 'Policy' });
    assert.deepEqual(activities(await read()), []);
    await later('PT16S');
    const { body } = await read();
    const [row] = body.value;
    assert.deepEqual(activities({ status: 200, body } as Answer), ['Update policy']);
    assert.equal(row.initiatedBy.user.id, engineer?.id);
    assert.equal(row.initiatedBy.user.userPrincipalName, engineer?.userPrincipalName);
    assert.equal(row.initiatedBy.app, null);
    assert.equal(row.result, 'success');
    assert.equal(row.loggedByService, 'Core Directory');
    assert.deepEqual(
      row.targetResources.map(({ displayName, type, modifiedProperties }: Record<string, unknown>) => [
        displayName,
        type,
        modifiedProperties,
      ]),
      [['Block legacy sign-in', 'Policy', []]],
    );
    const alone = await read({}, `${path}/${row.id}`);
    assert.equal(alone.body.activityDisplayName, 'Update policy');
    assert.equal((await read({}, `${path}/nothing`)).status, 404);
  });

  it('takes the documented filters', async () => {
    await act('Update policy', { on: "Legacy's end", type: 'Policy' });
    await later('PT10S');
    await act('Add owner to group');
    await later('PT30S');
    const { body } = await read();
    const [newest, oldest]: Row[] = body.value;
    assert.deepEqual(
      [newest?.activityDisplayName, oldest?.activityDisplayName],
      ['Add owner to group', 'Update policy'],
    );
    await later('PT10S');
    assert.deepEqual(await found(`activityDateTime ge ${newest?.activityDateTime}`), ['Add owner to group']);
    assert.deepEqual(await found(`activityDateTime le ${oldest?.activityDateTime}`), ['Update policy']);
    assert.deepEqual(await found(`initiatedBy/user/id eq '${engineer?.id}'`), [
      'Add owner to group',
      'Update policy',
    ]);
    assert.deepEqual(
      await found(`startswith(activityDisplayName,'add') and loggedByService eq 'core directory'`),
      ['Add owner to group'],
    );
    await later('PT10S');
    assert.deepEqual(await found(`targetResources/any(t:t/displayName eq 'Legacy''s end')`), [
      'Update policy',
    ]);
    assert.deepEqual(await found(`targetResources/any(t: startswith(t/displayName,'legacy'))`), [
      'Update policy',
    ]);
    assert.deepEqual(await found(`initiatedBy/app/displayName eq 'MS-PIM'`), []);
    assert.deepEqual(activities(await read({ $orderby: 'activityDateTime' })), [
      'Update policy',
      'Add owner to group',
    ]);
  });

  for (const query of [
    { $filter: 'activityDateTime gt 2026-01-01T00:00:00Z' },
    { $filter: 'activityDateTime lt 2026-01-01T00:00:00Z' },
    { $filter: `activityDateTime ge '2026-01-01T00:00:00Z'` },
    { $filter: `category eq 'RoleManagement'` },
    { $filter: `startswith(loggedByService,'P')` },
    { $filter: `loggedByService eq 'PIM' or loggedByService eq 'Core Directory'` },
    { $filter: `targetResources/any(t:t/type eq 'Role')` },
    { $filter: `loggedByService eq` },
    { $orderby: 'activityDisplayName' },
    { $skip: '1' },
    { $count: 'true' },
    { $top: '1001' },
  ])
    it(`refuses ${JSON.stringify(query)}`, async () => {
      const { status, body } = await read({ ...query } as Record<string, string>);
      assert.equal(status, 400);
      assert.equal(body.error.code, 'BadRequest');
    });

  it('comes in pages whose links name the real host', async () => {
    await visit.control('POST', '/pages', { audits: 2 });
    for (const activity of ['one', 'two', 'three']) await act(activity);
    await later('PT1M');
    const first = await read({ $orderby: 'activityDateTime' });
    assert.deepEqual(activities(first), ['one', 'two']);
    const next = new URL(first.body['@odata.nextLink']);
    assert.equal(next.origin, host);
    const second = await read(Object.fromEntries(next.searchParams), next.pathname);
    assert.deepEqual(activities(second), ['three']);
    assert.equal(second.body['@odata.nextLink'], undefined);
  });

  it('answers five calls in ten seconds, and each item of a batch is one', async () => {
    const token = await visit.appToken();
    const requests = [1, 2, 3, 4, 5, 6].map((id) => ({
      id: String(id),
      method: 'GET',
      url: '/auditLogs/directoryAudits',
    }));
    const { body } = await visit.graph(token, 'POST', '/v1.0/$batch', { requests });
    const statuses = body.responses.map(({ status }: { status: number }) => status).sort();
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429]);
    const over = await read();
    assert.equal(over.status, 429);
    assert.equal(over.body.error.code, 'TooManyRequests');
    const wait = Number(over.headers.get('retry-after'));
    assert.ok(wait >= 1 && wait <= 10, String(wait));
    await later(`PT${wait}S`);
    assert.equal((await read()).status, 200);
  });

  it('wants the permission, and of people a role that may read reports', async () => {
    const as = async (key: string): Promise<number> => {
      await visit.control('POST', `/people/${key}/consent`, { grant: ['AuditLog.Read.All'] });
      return (await visit.graph(await visit.signIn(key, 'AuditLog.Read.All'), 'GET', path)).status;
    };
    assert.deepEqual([await as('security'), await as('engineer')], [200, 403]);
    const wish = { person: 'engineer', target: 'security-admin', minutes: 60, reason: 'an incident' };
    assert.equal((await visit.control('POST', '/pim/request', wish)).status, 200);
    await later('PT5S');
    assert.equal(await as('engineer'), 200, 'a role that was activated counts');
    const without = await visit.signIn('security', 'User.Read');
    assert.equal((await visit.graph(without, 'GET', path)).status, 403);
    await visit.control('POST', '/consents', { application: { withdraw: ['AuditLog.Read.All'] } });
    assert.equal((await read()).status, 403);
  });

  it('survives a restart', async () => {
    await act('Update policy');
    await later('PT1M');
    await visit.restart();
    assert.deepEqual(activities(await read()), ['Update policy']);
  });
});

describe('practice audit rows', () => {
  const row: Omit<AuditRow, 'id' | 'at'> = {
    ...{ activity: 'a', category: 'RoleManagement', service: 'PIM', result: 'success', reason: '' },
    by: { kind: 'app', id: '1', name: 'MS-PIM' },
    ...{ targets: [], details: [], correlationId: '2' },
  };

  let folder: TempFolder;
  beforeEach(() => {
    folder = tempFolder();
  });
  afterEach(() => folder.remove());

  it('stand in the order of their time, and only the newest 5,000 are kept', () => {
    const clock = createClock();
    const audits = createAudits({ clock, snapshot: createSnapshot(folder.path) });
    const start = clock.now().getTime();
    const at = (seconds: number): string => new Date(start + seconds * 1_000).toISOString();
    for (let second = 0; second < 5_001; second += 1) audits.add({ ...row, at: at(second) });
    audits.add({ ...row, activity: 'between', at: at(2.5) });
    clock.advance(6_000_000);
    const rows = audits.visible();
    assert.equal(rows.length, 5_000);
    assert.deepEqual(
      rows.slice(0, 3).map((each) => [each.at, each.activity]),
      [
        [at(2), 'a'],
        [at(2.5), 'between'],
        [at(3), 'a'],
      ],
    );
  });

  it('wait as long as they are told', () => {
    const clock = createClock();
    const audits = createAudits({ clock, snapshot: createSnapshot(folder.path) });
    audits.setDelay(60_000);
    audits.add(row);
    clock.advance(30_000);
    assert.equal(audits.visible().length, 0);
    clock.advance(30_000);
    assert.equal(audits.visible().length, 1);
  });
});
