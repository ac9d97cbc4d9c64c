import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { appId, outsiderTenantId, personByKey, tenantId } from '../../practice/world/people.js';
import { replyTo, type Visit, visitPractice } from './visit.js';

describe('practice sign-in service', () => {
  let visit: Visit;
  before(async () => {
    visit = await visitPractice();
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const graph = (scope: string): string => `https://graph.microsoft.com/${scope}`;

  it('gives the bot itself the application permissions that were granted, as roles', async () => {
    const answer = await visit.token({ grant_type: 'client_credentials', scope: graph('.default') });
    const claims = jwt.decode(answer.body.access_token, { json: true });
    assert.deepEqual(Object.keys(answer.body), [
      'token_type',
      'expires_in',
      'ext_expires_in',
      'access_token',
    ]);
    assert.ok(claims?.roles.includes('EntitlementManagement.Read.All'));
    assert.equal(claims?.scp, undefined);
    assert.equal(claims?.aud, 'https://graph.microsoft.com');
  });

  it('refuses a wrong secret', async () => {
    const answer = await visit.token({
      grant_type: 'client_credentials',
      scope: graph('.default'),
      client_secret: 'guess',
    });
    assert.equal(answer.status, 401);
    assert.equal(answer.body.error, 'invalid_client');
    assert.deepEqual(answer.body.error_codes, [7000215]);
  });

  it('does not know the app in another tenant', async () => {
    const url = `${visit.url}/sts/${outsiderTenantId}/oauth2/v2.0/token`;
    const res = await fetch(url, { method: 'POST', body: new URLSearchParams({ client_id: appId }) });
    assert.match(await res.text(), /AADSTS700016/);
  });

  it('exchanges a single sign-on token for a Graph token of the same person, with the scopes asked for', async () => {
    const answer = await visit.onBehalfOf(
      await visit.assertion('manager'),
      `${graph('User.Read')} openid profile`,
    );
    const claims = jwt.decode(answer.body.access_token, { json: true });
    assert.equal(answer.body.scope, graph('User.Read'));
    assert.equal(claims?.oid, personByKey('manager')?.id);
    assert.equal(claims?.tid, tenantId);
    assert.equal(claims?.scp, 'User.Read');
  });

  it('takes no Graph token as assertion: it was not made for the bot', async () => {
    const forGraph = await visit.signIn('engineer', 'User.Read');
    const answer = await visit.onBehalfOf(forGraph, graph('User.Read'));
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.body.error_codes, [50013]);
  });

  it('asks for consent once a person has withdrawn it, and for that person only', async () => {
    await visit.control('POST', '/people/engineer/consent', { withdraw: ['User.Read.All'] });
    const refused = await visit.onBehalfOf(await visit.assertion('engineer'), graph('User.Read.All'));
    const other = await visit.onBehalfOf(await visit.assertion('finance'), graph('User.Read.All'));
    assert.equal(refused.body.error, 'invalid_grant');
    assert.equal(refused.body.suberror, 'consent_required');
    assert.match(refused.body.error_description, /^AADSTS65001: /);
    assert.equal(other.status, 200);
  });

  it('names the claims that a stronger sign-in must bring, and is content with a sign-in that brings them', async () => {
    await visit.control('POST', '/people/engineer/step-up', { require: 'c1' });
    const refused = await visit.onBehalfOf(await visit.assertion('engineer'), graph('User.Read'));
    assert.equal(refused.body.error, 'interaction_required');
    assert.deepEqual(refused.body.error_codes, [50076]);
    assert.deepEqual(JSON.parse(refused.body.claims), {
      access_token: { acrs: { essential: true, value: 'c1' } },
    });
    const stronger = await visit.assertion('engineer', refused.body.claims);
    assert.equal((await visit.onBehalfOf(stronger, graph('User.Read'))).status, 200);
  });

  it('refuses a challenge from elsewhere that the assertion does not meet', async () => {
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c2"}}}';
    const refused = await visit.onBehalfOf(await visit.assertion('engineer'), graph('User.Read'), claims);
    assert.equal(refused.body.error, 'interaction_required');
    assert.deepEqual(JSON.parse(refused.body.claims), JSON.parse(claims));
    const stronger = await visit.assertion('engineer', claims);
    const met = await visit.onBehalfOf(stronger, graph('User.Read'), claims);
    assert.deepEqual(jwt.decode(met.body.access_token, { json: true })?.acrs, ['c2']);
  });

  it('writes into a token that its caller understands challenges, where the caller says so', async () => {
    const assertion = await visit.assertion('engineer');
    const cp1 = '{"access_token":{"xms_cc":{"values":["cp1"]}}}';
    for (const [claims, expected] of [
      [cp1, ['cp1']],
      [undefined, undefined],
    ] as const) {
      const answer = await visit.onBehalfOf(assertion, graph('User.Read'), claims);
      assert.deepEqual(jwt.decode(answer.body.access_token, { json: true })?.xms_cc, expected);
    }
  });

  it('gives a token for Azure, which is another than the one for Graph', async () => {
    const assertion = await visit.assertion('engineer');
    const azure = 'https://management.azure.com/user_impersonation';
    for (const scope of [azure, 'https://management.azure.com//.default']) {
      const answer = await visit.onBehalfOf(assertion, `${scope} openid profile offline_access`);
      const claims = jwt.decode(answer.body.access_token, { json: true });
      assert.equal(claims?.aud, 'https://management.azure.com/');
      assert.equal(claims?.scp, 'user_impersonation');
      assert.equal(answer.body.scope, azure);
    }
    const all = await visit.onBehalfOf(assertion, graph('.default'));
    assert.ok(!all.body.scope.includes('management'));
  });

  it('asks for consent to Azure as to anything else', async () => {
    const azure = 'https://management.azure.com/user_impersonation';
    await visit.control('POST', '/people/engineer/consent', { withdraw: [azure] });
    const refused = await visit.onBehalfOf(await visit.assertion('engineer'), azure);
    assert.deepEqual(refused.body.error_codes, [65001]);
  });

  it('takes several resources on the consent page, and one only for a token', async () => {
    const azure = 'https://management.azure.com/user_impersonation';
    const withdrawn = { withdraw: [azure, 'User.Read'] };
    const { body: before } = await visit.control('POST', '/people/engineer/consent', withdrawn);
    assert.ok(!before.delegated.includes(azure));
    const scope = `openid profile ${appId}/access_as_user User.Read ${azure}`;
    const wish = { client_id: appId, response_type: 'code', redirect_uri: replyTo, scope };
    const request = new URLSearchParams(wish).toString();
    const form = new URLSearchParams({ request, person: 'engineer', answer: 'accept' });
    const url = `${visit.url}/sts/${tenantId}/oauth2/v2.0/authorize`;
    const page = await fetch(url, { method: 'POST', body: form, redirect: 'manual' });
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const { body: after } = await visit.control('POST', '/people/engineer/consent', {});
    assert.ok(after.delegated.includes(azure) && after.delegated.includes('User.Read'));
    const answer = await visit.token({ grant_type: 'authorization_code', code, redirect_uri: replyTo });
    assert.deepEqual(answer.body.error_codes, [28000]);
  });

  it('gives nothing to a disabled account', async () => {
    const assertion = await visit.assertion('finance');
    await visit.control('POST', '/people/finance/account', { enabled: false });
    const answer = await visit.onBehalfOf(assertion, graph('User.Read'));
    assert.deepEqual(answer.body.error_codes, [50057]);
  });

  it('shows who consents to what, and hands the code only to whom holds the PKCE verifier', async () => {
    const verifier = 'a-verifier-that-only-the-caller-knows-0123456789';
    const request = new URLSearchParams({
      client_id: appId,
      response_type: 'code',
      redirect_uri: replyTo,
      scope: graph('User.Read'),
      state: 's1',
      login_hint: 'appowner',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString();
    const url = `${visit.url}/sts/${tenantId}/oauth2/v2.0/authorize`;
    const page = await (await fetch(`${url}?${request}`)).text();
    assert.match(page, new RegExp(`${personByKey('appowner')?.displayName}[\\s\\S]*User\\.Read`));

    const accept = async (): Promise<URL> => {
      const body = new URLSearchParams({ request, person: 'appowner', answer: 'accept' });
      const res = await fetch(url, { method: 'POST', body, redirect: 'manual' });
      return new URL(res.headers.get('location') ?? '');
    };
    const redeem = (back: URL, code_verifier: string): ReturnType<Visit['token']> =>
      visit.token({
        grant_type: 'authorization_code',
        code: back.searchParams.get('code') ?? '',
        redirect_uri: replyTo,
        code_verifier,
      });
    const back = await accept();
    assert.equal(back.searchParams.get('state'), 's1');
    assert.equal((await redeem(back, verifier)).status, 200);
    assert.equal((await redeem(back, verifier)).body.error, 'invalid_grant');
    assert.equal((await redeem(await accept(), 'a guess')).body.error, 'invalid_grant');
  });

  it('sends no code to a reply address on another machine', async () => {
    const request = new URLSearchParams({
      client_id: appId,
      response_type: 'code',
      redirect_uri: 'https://evil.example/',
      scope: 'openid',
    });
    const res = await fetch(`${visit.url}/sts/${tenantId}/oauth2/v2.0/authorize?${request}`, {
      redirect: 'manual',
    });
    assert.equal(res.status, 400);
    assert.equal(res.headers.get('location'), null);
  });
});
