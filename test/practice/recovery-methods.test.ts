import assert from 'node:assert/strict';
import { idOf, type RecoveryVisit, under, visitRecovery, type Wire } from './recovery-visit.js';

const typed = (name: string): string => `#microsoft.graph.${name}AuthenticationMethod`;

describe('practice tenant: sign-in methods', () => {
  let visit: RecoveryVisit;
  before(async () => {
    visit = await visitRecovery();
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const types = async (person: string): Promise<string[]> =>
    (await visit.methodsOf(person)).map((method) => method['@odata.type']);
  const one = async (person: string, type: string): Promise<Wire> =>
    (await visit.methodsOf(person)).find((method) => method['@odata.type'] === typed(type));

  it('gives everybody of the cast what fits them', async () => {
    const password = typed('password');
    assert.deepEqual(await types('starter'), [password]);
    assert.deepEqual(await types('guest'), []);
    assert.deepEqual(await types('manager'), [password, typed('phone')]);
    assert.deepEqual(await types('finance'), [password, typed('microsoftAuthenticator'), typed('phone')]);
    assert.deepEqual(await types('helpdesk'), [password, typed('fido2')]);
    assert.deepEqual(await types('engineer'), [password, typed('windowsHelloForBusiness'), typed('fido2')]);
    const keys = (await visit.asApp(`${under('security')}/fido2Methods`)).body.value;
    assert.deepEqual(
      keys.map(({ aaGuid, passkeyType, model }: Wire) => [aaGuid, passkeyType, model]),
      [
        ['2fc0579f-8113-47ea-b116-bb5a8db9202a', 'deviceBound', 'YubiKey 5 Series with NFC'],
        ['a25342c0-3cdc-4414-8e46-f4807fca511c', 'deviceBound', 'YubiKey 5 Series with NFC'],
      ],
    );
    const phone = await one('finance', 'phone');
    assert.deepEqual(
      [phone.id, phone.phoneNumber, phone.phoneType],
      ['3179e48a-750b-4051-897c-87b9720928f7', '+351 915550105', 'mobile'],
    );
    assert.equal((await one('starter', 'password')).password, null);
  });

  it('deletes in the collection of the kind only', async () => {
    const key = await one('security', 'fido2');
    const general = `${under('security')}/methods/${key.id}`;
    await visit.does('role', { person: 'finance', role: 'Global Administrator', held: true });
    assert.equal((await visit.asApp(general)).body.id, key.id);
    assert.equal((await visit.as('finance', 'DELETE', general)).status, 405);
    const wrong = `${under('security')}/microsoftAuthenticatorMethods/${key.id}`;
    assert.equal((await visit.as('finance', 'DELETE', wrong)).status, 404);
    const right = `${under('security')}/fido2Methods/${key.id}`;
    assert.equal((await visit.as('helpdesk', 'DELETE', right)).status, 403);
    assert.equal((await visit.as('finance', 'DELETE', right)).status, 204);
    assert.equal((await visit.as('finance', 'DELETE', right)).status, 404);
    assert.equal((await visit.methodsOf('security')).length, 2);
  });

  it('leaves a password alone', async () => {
    const { id } = await one('finance', 'password');
    const path = `${under('finance')}/passwordMethods/${id}`;
    assert.equal((await visit.as('helpdesk', 'DELETE', path)).status, 405);
    assert.equal((await visit.asApp(path)).status, 200);
  });

  it('deletes the default second factor last', async () => {
    const app = await one('finance', 'microsoftAuthenticator');
    const phone = await one('finance', 'phone');
    const delApp = () =>
      visit.as('helpdesk', 'DELETE', `${under('finance')}/microsoftAuthenticatorMethods/${app.id}`);
    const delPhone = () => visit.as('helpdesk', 'DELETE', `${under('finance')}/phoneMethods/${phone.id}`);
    const { status, body } = await delApp();
    assert.deepEqual([status, body.error.code], [400, 'badRequest']);
    assert.equal((await delPhone()).status, 204);
    assert.equal((await delApp()).status, 204);
    assert.deepEqual(await types('finance'), [typed('password')]);
  });

  it('lets people read and delete their own', async () => {
    const mine = await visit.as('helpdesk', 'GET', '/v1.0/me/authentication/methods');
    const [, key] = mine.body.value;
    assert.equal(key.displayName, 'YubiKey 5C Nano');
    const path = `/v1.0/me/authentication/fido2Methods/${key.id}`;
    assert.equal((await visit.as('helpdesk', 'GET', path)).body.aaGuid, key.aaGuid);
    assert.equal((await visit.as('helpdesk', 'DELETE', path)).status, 204);
    const [row] = await visit.rows("loggedByService eq 'Authentication Methods'");
    assert.deepEqual(
      [row.activityDisplayName, row.category],
      ['User deleted security info', 'UserManagement'],
    );
    assert.equal((await visit.asApp('/v1.0/me/authentication/methods')).status, 400);
  });

  it('shows the methods of others to those with a role that reaches them', async () => {
    const look = async (by: string, whom: string): Promise<number> =>
      (await visit.as(by, 'GET', `${under(whom)}/methods`)).status;
    assert.equal(await look('helpdesk', 'finance'), 200);
    assert.equal(await look('helpdesk', 'engineer'), 403);
    assert.equal(await look('security', 'engineer'), 200);
    assert.equal(await look('manager', 'finance'), 403);
    const narrow = await visit.signIn('helpdesk', 'UserAuthMethod-Passkey.ReadWrite.All');
    assert.equal((await visit.graph(narrow, 'GET', `${under('finance')}/methods`)).status, 403);
    assert.equal((await visit.graph(narrow, 'GET', `${under('finance')}/fido2Methods`)).status, 200);
    assert.equal((await visit.graph(narrow, 'GET', `${under('finance')}/phoneMethods`)).status, 403);
  });

  it('knows every kind', async () => {
    const person = 'starter';
    const aaguid = 'dd4ec289-e01d-41c9-bb89-70fa845d4bf2';
    for (const method of [
      { name: 'Passwords of the phone', aaguid, type: 'synced' },
      { kind: 'authenticator', name: 'Phone' },
      { kind: 'hello', name: 'LAPTOP-9' },
      { kind: 'softwareOath' },
      { kind: 'phone', number: '+351 915550199', phoneType: 'office' },
      { kind: 'email', address: 'noor@post.example' },
      { kind: 'platform', name: 'MacBook' },
      { kind: 'external', name: 'Duo' },
      { kind: 'qr' },
    ])
      await visit.does('register-method', { person, method });
    assert.deepEqual(await types(person), [
      typed('password'),
      typed('fido2'),
      typed('microsoftAuthenticator'),
      typed('windowsHelloForBusiness'),
      typed('softwareOath'),
      typed('phone'),
      typed('email'),
      typed('platformCredential'),
      typed('external'),
      typed('qrCodePin'),
    ]);
    const passkey = await one(person, 'fido2');
    assert.deepEqual([passkey.passkeyType, passkey.model, passkey.aaGuid], ['synced', null, aaguid]);
    const mac = (await visit.asApp(`${under(person)}/platformCredentialMethods`)).body.value[0];
    assert.equal(mac.platform, 'macOS');
    const twice = { person, method: { kind: 'email', address: 'other@post.example' } };
    assert.equal((await visit.control('POST', '/recovery/register-method', twice)).status, 400);
  });

  it('signs people out: oneself, and those whom a role reaches', async () => {
    const user = `/v1.0/users/${idOf('finance')}`;
    const since = async (): Promise<string> =>
      (await visit.asApp(`${user}?$select=signInSessionsValidFromDateTime`)).body
        .signInSessionsValidFromDateTime;
    const path = `${user}/revokeSignInSessions`;
    assert.equal((await visit.as('manager', 'POST', path)).status, 403);
    const before = await since();
    const { status, body } = await visit.as('helpdesk', 'POST', path);
    assert.deepEqual([status, body.value], [200, true]);
    assert.ok(Date.parse(await since()) > Date.parse(before));
    assert.equal((await visit.as('manager', 'POST', '/v1.0/me/revokeSignInSessions')).status, 200);
    const privileged = `/v1.0/users/${idOf('engineer')}/revokeSignInSessions`;
    assert.equal((await visit.as('helpdesk', 'POST', privileged)).status, 403);
    assert.equal((await visit.as('security', 'POST', privileged)).status, 200);
    const rows = await visit.rows("activityDisplayName eq 'Update StsRefreshTokenValidFrom Timestamp'");
    assert.deepEqual(
      rows.map(({ initiatedBy, targetResources, loggedByService }) => [
        initiatedBy.user.displayName,
        targetResources[0].displayName,
        loggedByService,
      ]),
      [
        ['Tomasz Okonjeva', 'Leilani Brandvold', 'Core Directory'],
        ['Olumide Castellane', 'Olumide Castellane', 'Core Directory'],
        ['Ingrid Balasuntharam', 'Ayumi Fernqvist', 'Core Directory'],
      ],
    );
  });
});
