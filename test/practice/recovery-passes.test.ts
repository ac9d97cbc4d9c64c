import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { idOf, passPath, type RecoveryVisit, under, visitRecovery } from './recovery-visit.js';

describe('practice tenant: Temporary Access Passes', () => {
  let visit: RecoveryVisit;
  before(async () => {
    visit = await visitRecovery();
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const reasonOf = async (person: string): Promise<string> =>
    (await visit.passesOf(person))[0]?.methodUsabilityReason;

  it('says the code once, to whoever made it', async () => {
    const { status, body } = await visit.makePass('helpdesk', 'finance', { isUsableOnce: true });
    assert.equal(status, 201);
    assert.equal(body['@odata.type'], '#microsoft.graph.temporaryAccessPassAuthenticationMethod');
    assert.match(body.temporaryAccessPass, /^\S{8}$/);
    assert.deepEqual([body.lifetimeInMinutes, body.isUsableOnce, body.isUsable], [60, true, true]);
    const [listed] = await visit.passesOf('finance');
    assert.deepEqual([listed.id, listed.temporaryAccessPass], [body.id, null]);
    const alone = await visit.asApp(`${passPath('finance')}/${body.id}`);
    assert.equal(alone.body.temporaryAccessPass, null);
    const all = await visit.methodsOf('finance');
    assert.ok(all.some(({ id }) => id === body.id));
  });

  it('keeps the code out of the log, the room, the overview and its own file', async () => {
    const { body } = await visit.makePass('helpdesk', 'finance');
    const code: string = body.temporaryAccessPass;
    await visit.graph('no token', 'POST', passPath('finance'), { temporaryAccessPass: code });
    for (const path of ['/requests', '/recovery', '/entra', '/pim']) {
      const seen = JSON.stringify((await visit.control('GET', path)).body);
      assert.ok(!seen.includes(code), path);
    }
    assert.ok(JSON.stringify(await visit.rows()).includes('temporary access pass'));
    assert.ok(!JSON.stringify(await visit.rows()).includes(code));
    assert.ok(!readFileSync(visit.worldFile, 'utf8').includes(code));
  });

  it('keeps to the range of the policy, and says so twice', async () => {
    const sentence = 'Invalid LifetimeInMinutes specified. The valid range between 60 and 480.';
    for (const lifetimeInMinutes of [59, 481]) {
      const { status, body } = await visit.makePass('helpdesk', 'finance', { lifetimeInMinutes });
      assert.deepEqual([status, body.error.code, body.error.message], [400, 'badRequest', sentence]);
      assert.equal(body.error.innerError.message, sentence);
    }
    await visit.does('policy', { leastMinutes: 10, longestMinutes: 30, defaultMinutes: 15 });
    const { body } = await visit.makePass('helpdesk', 'finance');
    assert.equal(body.lifetimeInMinutes, 15);
    const long = await visit.makePass('helpdesk', 'finance', { lifetimeInMinutes: 60 });
    assert.match(long.body.error.message, /between 10 and 30\.$/);
    assert.equal((await visit.makePass('helpdesk', 'finance', { lifetime: 20 })).status, 400);
  });

  it('makes none for several sign-ins where the policy wants one', async () => {
    await visit.does('policy', { oneTimeOnly: true });
    assert.equal((await visit.makePass('helpdesk', 'finance', { isUsableOnce: false })).status, 400);
    assert.equal((await visit.makePass('helpdesk', 'finance')).body.isUsableOnce, true);
  });

  it('puts a new pass in the place of the old, and lists an expired one until then', async () => {
    const first = (await visit.makePass('helpdesk', 'finance')).body;
    const second = (await visit.makePass('helpdesk', 'finance')).body;
    assert.deepEqual(
      (await visit.passesOf('finance')).map(({ id }) => id),
      [second.id],
    );
    const signIn = { person: 'finance', code: first.temporaryAccessPass };
    assert.equal((await visit.control('POST', '/recovery/sign-in', signIn)).status, 400);
    await visit.later('PT1H');
    assert.equal(await reasonOf('finance'), 'Expired');
    const third = await visit.makePass('helpdesk', 'finance');
    assert.deepEqual([third.status, await reasonOf('finance')], [201, 'EnabledByPolicy']);
  });

  it('begins later when told to', async () => {
    const startDateTime = new Date(Date.now() + 3_600_000).toISOString();
    const { body } = await visit.makePass('helpdesk', 'starter', { startDateTime });
    assert.deepEqual([body.isUsable, body.methodUsabilityReason], [false, 'NotYetValid']);
    await visit.later('PT1H1M');
    assert.equal(await reasonOf('starter'), 'EnabledByPolicy');
    const past = new Date(Date.now() - 3_600_000).toISOString();
    assert.equal((await visit.makePass('helpdesk', 'starter', { startDateTime: past })).status, 400);
  });

  it('makes a pass for somebody whom the policy leaves out, who cannot use it', async () => {
    await visit.does('policy', { includes: ['AI Platform Admins'] });
    const { status, body } = await visit.makePass('helpdesk', 'finance');
    assert.deepEqual([status, body.isUsable, body.methodUsabilityReason], [201, false, 'DisabledByPolicy']);
    const signIn = { person: 'finance', code: body.temporaryAccessPass };
    const tried = await visit.control('POST', '/recovery/sign-in', signIn);
    assert.match(tried.body.error, /policy/);
    await visit.does('policy', { includes: ['all_users'], excludes: ['AI Chat Users'] });
    assert.equal(await reasonOf('finance'), 'DisabledByPolicy');
    await visit.does('policy', { excludes: [] });
    assert.equal(await reasonOf('finance'), 'EnabledByPolicy');
    await visit.does('policy', { enabled: false });
    assert.equal((await visit.makePass('helpdesk', 'finance')).status, 400);
  });

  it('is deleted once', async () => {
    const { body } = await visit.makePass('helpdesk', 'finance');
    const path = `${passPath('finance')}/${body.id}`;
    assert.equal((await visit.as('appowner', 'DELETE', path)).status, 403);
    assert.equal((await visit.as('helpdesk', 'DELETE', path)).status, 204);
    const again = await visit.as('helpdesk', 'DELETE', path);
    assert.deepEqual([again.status, again.body.error.code], [404, 'resourceNotFound']);
    assert.deepEqual(await visit.passesOf('finance'), []);
    const own = (await visit.makePass('helpdesk', 'finance')).body;
    const mine = `/v1.0/me/authentication/temporaryAccessPassMethods`;
    assert.equal((await visit.as('finance', 'GET', mine)).body.value[0].id, own.id);
    assert.equal((await visit.as('finance', 'DELETE', `${mine}/${own.id}`)).status, 204);
    assert.equal((await visit.as('finance', 'POST', mine)).status, 405);
  });

  describe('who may make one for whom', () => {
    const refused = async (by: string, person: string): Promise<void> => {
      const { status, body } = await visit.makePass(by, person);
      assert.deepEqual([status, body.error?.code], [403, 'accessDenied'], `${by} for ${person}`);
    };
    const made = async (by: string, person: string): Promise<void> => {
      const { status } = await visit.makePass(by, person);
      assert.equal(status, 201, `${by} for ${person}`);
    };

    it('an Authentication Administrator for people without a privileged role', async () => {
      for (const person of ['finance', 'starter', 'appowner', 'librarian']) await made('helpdesk', person);
      // Eligible; member and owner of a group that can have roles; roles of one's own; a role that stands.
      for (const person of ['engineer', 'manager', 'security', 'operator']) await refused('helpdesk', person);
    });

    it('a Privileged Authentication Administrator for everybody else', async () => {
      for (const person of ['finance', 'engineer', 'manager', 'helpdesk']) await made('security', person);
    });

    it('nobody for themselves', async () => {
      await refused('security', 'security');
      await refused('helpdesk', 'helpdesk');
      await visit.does('role', { person: 'finance', role: 'Global Administrator', held: true });
      await refused('finance', 'finance');
      await made('finance', 'security');
    });

    it('nobody without such a role, and nobody for a guest', async () => {
      for (const by of ['engineer', 'manager', 'appowner']) await refused(by, 'finance');
      const guest = await visit.makePass('security', 'guest');
      assert.deepEqual([guest.status, guest.body.error.code], [400, 'badRequest']);
      const nobody = await visit.as(
        'security',
        'POST',
        `/v1.0/users/${idOf('outsider')}/authentication/temporaryAccessPassMethods`,
      );
      assert.deepEqual([nobody.status, nobody.body.error.code], [404, 'Request_ResourceNotFound']);
    });

    it('as of the moment of the call', async () => {
      await made('helpdesk', 'finance');
      const eligible = { person: 'finance', target: 'security-admin', eligible: true };
      await visit.control('POST', '/pim/eligible', eligible);
      await refused('helpdesk', 'finance');
      await made('security', 'finance');
      await visit.control('POST', '/pim/eligible', { ...eligible, eligible: false });
      await made('helpdesk', 'finance');
      await visit.does('role', { person: 'helpdesk', role: 'Authentication Administrator', held: false });
      await refused('helpdesk', 'finance');
      await visit.does('role', { person: 'helpdesk', role: 'Authentication Administrator', held: true });
      await made('helpdesk', 'finance');
    });

    it('not without the permission, and not the bot by itself', async () => {
      const scoped = await visit.signIn('helpdesk', 'User.Read.All');
      const { status, body } = await visit.graph(scoped, 'POST', passPath('finance'), {});
      assert.deepEqual([status, body.error.code], [403, 'Authorization_RequestDenied']);
      assert.equal((await visit.graph(await visit.appToken(), 'POST', passPath('finance'), {})).status, 403);
    });

    it('a Global Reader sees that there is one', async () => {
      await visit.makePass('helpdesk', 'finance');
      await visit.does('role', { person: 'appowner', role: 'Global Reader', held: true });
      const { body } = await visit.as('appowner', 'GET', passPath('finance'));
      assert.deepEqual([body.value.length, body.value[0].temporaryAccessPass], [1, null]);
      await refused('appowner', 'starter');
      assert.equal((await visit.as('manager', 'GET', passPath('finance'))).status, 403);
    });
  });

  it('says what the policy is', async () => {
    const path = '/v1.0/policies/authenticationMethodsPolicy';
    const one = `${path}/authenticationMethodConfigurations/temporaryAccessPass`;
    const { body } = await visit.asApp(one);
    assert.deepEqual(
      [body.id, body.state, body.defaultLifetimeInMinutes, body.isUsableOnce],
      ['TemporaryAccessPass', 'enabled', 60, false],
    );
    assert.deepEqual([body.minimumLifetimeInMinutes, body.maximumLifetimeInMinutes], [60, 480]);
    assert.deepEqual(body.includeTargets, [
      { targetType: 'group', id: 'all_users', isRegistrationRequired: false },
    ]);
    await visit.does('policy', { length: 12, oneTimeOnly: true });
    const all = (await visit.asApp(path)).body.authenticationMethodConfigurations;
    assert.deepEqual([all[0].defaultLength, all[0].isUsableOnce], [12, true]);
    assert.equal((await visit.makePass('helpdesk', 'finance')).body.temporaryAccessPass.length, 12);
    const wrong = { leastMinutes: 100, defaultMinutes: 60 };
    assert.equal((await visit.control('POST', '/recovery/policy', wrong)).status, 400);
  });

  it('goes on after a restart', async () => {
    const { body } = await visit.makePass('helpdesk', 'finance', { isUsableOnce: true });
    await visit.restart();
    assert.equal((await visit.passesOf('finance'))[0].id, body.id);
    await visit.does('sign-in', { person: 'finance', code: body.temporaryAccessPass });
    assert.equal(await reasonOf('finance'), 'OneTimeUsed');
    assert.equal((await visit.asApp(`${under('finance')}/methods`)).status, 200);
  });
});
