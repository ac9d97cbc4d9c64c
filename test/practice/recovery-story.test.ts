import assert from 'node:assert/strict';
import { idOf, type RecoveryVisit, visitRecovery, type Wire } from './recovery-visit.js';

const appleAuthenticator = '90a3ccdf-635c-4729-a248-9b709135078f';

describe('practice tenant: somebody comes back with a pass', () => {
  let visit: RecoveryVisit;
  before(async () => {
    visit = await visitRecovery();
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const signIn = async (person: string, code: string, more: object = {}): Promise<[number, string]> => {
    const { status, body } = await visit.control('POST', '/recovery/sign-in', { person, code, ...more });
    return [status, body.error ?? ''];
  };
  const methodRows = (): Promise<Wire[]> => visit.rows("loggedByService eq 'Authentication Methods'");
  const short = (rows: readonly Wire[]): string[][] =>
    rows.map(({ activityDisplayName, initiatedBy, targetResources }) => [
      activityDisplayName,
      initiatedBy.user.displayName,
      targetResources[0].displayName,
    ]);

  it('signs in, registers a passkey, and all of it is written down', async () => {
    const { body } = await visit.makePass('helpdesk', 'finance', { isUsableOnce: true });
    await visit.later('PT1M');
    const register = { name: 'New iPhone', aaguid: appleAuthenticator, type: 'deviceBound' };
    assert.deepEqual(await signIn('finance', body.temporaryAccessPass, { register }), [200, '']);
    const passkey = (await visit.methodsOf('finance')).find(({ aaGuid }) => aaGuid === appleAuthenticator);
    assert.deepEqual([passkey.displayName, passkey.passkeyType], ['New iPhone', 'deviceBound']);
    assert.deepEqual(short(await methodRows()), [
      ['Admin registered security info', 'Tomasz Okonjeva', 'Leilani Brandvold'],
      ['User registered security info', 'Leilani Brandvold', 'Leilani Brandvold'],
    ]);
    const [made] = await methodRows();
    assert.deepEqual(
      [made.resultReason, made.category, made.targetResources[0].id],
      ['Admin registered temporary access pass method for user', 'UserManagement', idOf('finance')],
    );
    const filter = new URLSearchParams({ $filter: "appDisplayName eq 'My Signins'" });
    const [log] = (await visit.asApp(`/v1.0/auditLogs/signIns?${filter}`)).body.value;
    assert.equal(log.userId, idOf('finance'));
    assert.match((await signIn('finance', body.temporaryAccessPass))[1], /has been used/);
  });

  it('says why a code does not work', async () => {
    assert.match((await signIn('finance', 'AbCdEf12'))[1], /no Temporary Access Pass/);
    const { body } = await visit.makePass('helpdesk', 'finance');
    const code: string = body.temporaryAccessPass;
    assert.match((await signIn('finance', `${code}x`))[1], /not the code/);
    assert.equal((await signIn('starter', code))[0], 400);
    // For several sign-ins, until it ends.
    assert.deepEqual(await signIn('finance', ` ${code} `), [200, '']);
    assert.deepEqual(await signIn('finance', code), [200, '']);
    await visit.does('policy', { enabled: false });
    assert.match((await signIn('finance', code))[1], /policy/);
    await visit.does('policy', { enabled: true });
    await visit.control('POST', '/people/finance/account', { enabled: false });
    assert.match((await signIn('finance', code))[1], /disabled/);
    await visit.control('POST', '/people/finance/account', { enabled: true });
    await visit.later('PT1H');
    assert.match((await signIn('finance', code))[1], /expired/);
    const startDateTime = new Date(Date.now() + 4 * 3_600_000).toISOString();
    const later = (await visit.makePass('helpdesk', 'finance', { startDateTime })).body;
    assert.match((await signIn('finance', later.temporaryAccessPass))[1], /not valid yet/);
    assert.equal((await signIn('king', code))[0], 404);
  });

  it('keeps the room informed, without the code', async () => {
    const { body } = await visit.makePass('helpdesk', 'finance', { isUsableOnce: true });
    const register = { kind: 'hello', name: 'LAPTOP-LEI' };
    await signIn('finance', body.temporaryAccessPass, { register });
    const { recovery } = (await visit.control('GET', '/entra')).body;
    assert.deepEqual(
      [recovery.passes[0].person, recovery.passes[0].state, recovery.registered[0].method],
      ['Leilani Brandvold', 'OneTimeUsed', 'LAPTOP-LEI'],
    );
    assert.ok(recovery.choices.length > 3);
    for (const { method } of recovery.choices)
      assert.equal(
        (await visit.control('POST', '/recovery/register-method', { person: 'appowner', method })).status,
        200,
      );
  });

  it('does in the portal what administrators and people do there', async () => {
    const made = await visit.does('pass', { person: 'finance', by: 'helpdesk', minutes: 90 });
    assert.equal((await visit.passesOf('finance'))[0].lifetimeInMinutes, 90);
    assert.match(made.code, /^\S{8}$/);
    for (const [by, person] of [
      ['helpdesk', 'security'],
      ['manager', 'finance'],
      ['security', 'security'],
    ])
      assert.equal((await visit.control('POST', '/recovery/pass', { by, person })).status, 403);
    await visit.does('delete-pass', { person: 'finance', by: 'helpdesk' });
    await visit.later('PT1S');
    const method = { name: 'Strange key', aaguid: appleAuthenticator };
    const at = new Date(Date.now() - 60_000).toISOString();
    const strange = { person: 'finance', by: 'security', method, at, ip: '198.51.100.9' };
    const { people } = await visit.does('register-method', strange);
    const mine = people.find(({ key }: Wire) => key === 'finance');
    const { id } = mine.methods.at(-1);
    await visit.does('delete-method', { person: 'finance', id });
    await visit.later('PT1S');
    await visit.does('default', { person: 'finance', method: 'voiceMobile' });
    assert.deepEqual(short(await methodRows()), [
      ['Admin registered security info', 'Ingrid Balasuntharam', 'Leilani Brandvold'],
      ['Admin registered security info', 'Tomasz Okonjeva', 'Leilani Brandvold'],
      ['Admin deleted security info', 'Tomasz Okonjeva', 'Leilani Brandvold'],
      ['User deleted security info', 'Leilani Brandvold', 'Leilani Brandvold'],
      ['User changed default security info', 'Leilani Brandvold', 'Leilani Brandvold'],
    ]);
    const [first] = await methodRows();
    assert.deepEqual([first.activityDateTime, first.initiatedBy.user.ipAddress], [at, '198.51.100.9']);
    const none = { person: 'finance', method: 'oath' };
    assert.equal((await visit.control('POST', '/recovery/default', none)).status, 400);
  });

  it('changes managers on a day, in the directory and in its log', async () => {
    const manager = async (): Promise<[number, string]> => {
      const { status, body } = await visit.asApp(`/v1.0/users/${idOf('finance')}/manager`);
      return [status, body.displayName];
    };
    const at = new Date(Date.now() - 3 * 86_400_000).toISOString();
    assert.deepEqual(await manager(), [200, 'Olumide Castellane']);
    await visit.does('manager', { person: 'finance', manager: 'appowner', at });
    assert.deepEqual(await manager(), [200, 'Wanjiru Halvorsen']);
    const reports = (await visit.asApp(`/v1.0/users/${idOf('appowner')}/directReports`)).body.value;
    assert.ok(reports.some(({ id }: Wire) => id === idOf('finance')));
    await visit.does('manager', { person: 'finance', manager: 'security', row: 'Update user' });
    await visit.does('manager', { person: 'finance', manager: null });
    assert.equal((await manager())[0], 404);
    const rows = await visit.rows(`targetResources/any(t:t/id eq '${idOf('finance')}')`);
    assert.deepEqual(
      rows.map(({ activityDisplayName }) => activityDisplayName),
      ['Set user manager', 'Update user', 'Remove user manager'],
    );
    assert.equal(rows[0].activityDateTime, at);
    assert.deepEqual(rows[1].targetResources[0].modifiedProperties, [
      {
        displayName: 'Manager',
        oldValue: JSON.stringify(idOf('appowner')),
        newValue: JSON.stringify(idOf('security')),
      },
    ]);
  });

  it('finds people by name, and knows when somebody begins', async () => {
    const token = await visit.signIn('helpdesk', 'User.Read.All');
    const search = '/v1.0/users?$search="displayName:leil"&$count=true';
    const eventual = { consistencylevel: 'eventual' };
    const { body } = await visit.graph(token, 'GET', search, undefined, eventual);
    assert.deepEqual(
      body.value.map(({ id }: Wire) => id),
      [idOf('finance')],
    );
    assert.equal((await visit.graph(token, 'GET', search)).status, 400);
    const begins = encodeURIComponent(`startswith(displayName,'Noor') or startswith(mail,'Noor')`);
    const found = await visit.graph(token, 'GET', `/v1.0/users?$filter=${begins}&$select=employeeHireDate`);
    const [starter] = found.body.value;
    const inDays = (Date.parse(starter.employeeHireDate) - Date.now()) / 86_400_000;
    assert.ok(inDays > 6.9 && inDays < 7.1);
    const on = '2031-05-05T08:00:00Z';
    await visit.does('hire-date', { person: 'starter', on });
    const one = await visit.asApp(`/v1.0/users/${idOf('starter')}?$select=employeeHireDate`);
    assert.equal(one.body.employeeHireDate, on);
  });
});
