import assert from 'node:assert/strict';
import { idOf, type RecoveryVisit, visitRecovery, type Wire } from './recovery-visit.js';

const report = '/v1.0/reports/authenticationMethods/userRegistrationDetails';
const signIns = '/v1.0/auditLogs/signIns';

describe('practice tenant: reports about sign-in', () => {
  let visit: RecoveryVisit;
  before(async () => {
    visit = await visitRecovery();
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const line = async (person: string): Promise<Wire> => (await visit.asApp(`${report}/${idOf(person)}`)).body;
  const searched = (path: string, $filter: string): Promise<Wire> =>
    visit.asApp(`${path}?${new URLSearchParams({ $filter })}`);

  it('reports what people have registered', async () => {
    const { value } = (await visit.asApp(report)).body;
    const by = new Map<string, Wire>(value.map((each: Wire) => [each.id, each]));
    assert.deepEqual(by.get(idOf('security'))?.methodsRegistered, ['passKeyDeviceBound']);
    assert.deepEqual(by.get(idOf('engineer'))?.methodsRegistered, [
      'windowsHelloForBusiness',
      'passKeySynced',
    ]);
    assert.equal(by.get(idOf('finance'))?.userPreferredMethodForSecondaryAuthentication, 'push');
    const { isAdmin, isMfaCapable, isPasswordlessCapable } = by.get(idOf('security')) ?? {};
    assert.deepEqual([isAdmin, isMfaCapable, isPasswordlessCapable], [true, true, true]);
    assert.deepEqual(
      [by.get(idOf('starter'))?.isMfaRegistered, by.get(idOf('guest'))?.userType],
      [false, 'guest'],
    );
    // A disabled account is not in it.
    assert.equal(by.has(idOf('leaver')), false);
    const admins = (await searched(report, 'isAdmin eq true')).body.value;
    assert.ok(admins.some(({ id }: Wire) => id === idOf('operator')));
    assert.equal((await visit.asApp(`${report}?$skip=2`)).status, 400);
  });

  it('reports a change only after a while', async () => {
    await visit.does('register-method', { person: 'starter', method: { kind: 'authenticator', name: 'X' } });
    assert.deepEqual((await line('starter')).methodsRegistered, []);
    await visit.later('PT59M');
    assert.deepEqual((await line('starter')).methodsRegistered, []);
    await visit.later('PT2M');
    const now = await line('starter');
    assert.deepEqual(
      [now.methodsRegistered, now.userPreferredMethodForSecondaryAuthentication],
      [['microsoftAuthenticatorPush'], 'push'],
    );
    await visit.does('settings', { reportDelay: 'PT0S' });
    await visit.makePass('helpdesk', 'starter');
    assert.ok((await line('starter')).methodsRegistered.includes('temporaryAccessPass'));
  });

  it('cuts the report into pages', async () => {
    await visit.does('settings', { page: 10, archived: 12 });
    const seen: string[] = [];
    let path: string | undefined = report;
    while (path) {
      const { body } = await visit.asApp(path);
      assert.ok(body.value.length <= 10);
      seen.push(...body.value.map(({ id }: Wire) => id));
      path = body['@odata.nextLink']?.replace('https://graph.microsoft.com', '');
    }
    assert.deepEqual([new Set(seen).size, seen.length > 20], [seen.length, true]);
  });

  it('finds the sign-ins of one person since a day, newest first', async () => {
    const since = new Date(Date.now() - 7 * 86_400_000).toISOString();
    const both = `userId eq '${idOf('finance')}' and createdDateTime ge ${since}`;
    const { value } = (await searched(signIns, both)).body;
    assert.equal(value.length, 3);
    assert.ok(Date.parse(value[0].createdDateTime) > Date.parse(value[2].createdDateTime));
    assert.deepEqual(
      [value[0].location.city, value[0].riskLevelDuringSignIn, value[0].status.errorCode],
      ['Lisbon', 'none', 0],
    );
    const odd = { person: 'finance', city: 'Tashkent', country: 'UZ', ip: '198.51.100.7', risk: 'high' };
    await visit.does('sign-ins', odd);
    await visit.does('sign-ins', { person: 'finance', ok: false });
    assert.equal((await searched(signIns, both)).body.value.length, 3);
    await visit.later('PT16S');
    const risky = (await searched(signIns, `riskLevelDuringSignIn eq 'high'`)).body.value;
    assert.deepEqual(
      risky.map(({ userId, ipAddress, riskState, location }: Wire) => [
        userId,
        ipAddress,
        riskState,
        location.countryOrRegion,
      ]),
      [[idOf('finance'), '198.51.100.7', 'atRisk', 'UZ']],
    );
    const failed = (await searched(signIns, `status/errorCode eq 50126`)).body.value;
    assert.equal(failed.length, 1);
    await visit.later('PT20S');
    for (const filter of [`createdDateTime gt ${since}`, `startswith(userId,'0e')`, `isInteractive eq true`])
      assert.equal((await searched(signIns, filter)).status, 400, filter);
  });

  it('counts all logs and reports together, five in ten seconds', async () => {
    const paths = [report, signIns, '/v1.0/auditLogs/directoryAudits', report, signIns];
    for (const path of paths) assert.equal((await visit.asApp(path)).status, 200);
    const sixth = await visit.asApp(report);
    assert.equal(sixth.status, 429);
    assert.ok(Number(sixth.headers.get('retry-after')) > 0);
    assert.equal((await visit.methodsOf('finance')).length, 3);
    await visit.does('settings', { methodsLimited: true });
    assert.equal((await visit.asApp(`/v1.0/users/${idOf('finance')}/authentication/methods`)).status, 429);
    await visit.later('PT10S');
    assert.equal((await visit.asApp(signIns)).status, 200);
  });

  it('shows them to the app, and to people with a role that reads reports', async () => {
    for (const path of [report, signIns]) {
      assert.equal((await visit.as('security', 'GET', path)).status, 200);
      assert.equal((await visit.as('helpdesk', 'GET', path)).status, 403);
    }
  });
});
