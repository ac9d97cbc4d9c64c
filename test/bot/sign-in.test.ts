import assert from 'node:assert/strict';
import { createSignIn, type SignIn } from '../../bot/sign-in.js';
import { createSignedValues } from '../../bot/signed-value.js';
import { minute } from '../../src/base/clock.js';
import { identityError } from '../../src/identity/errors.js';
import { appId, tenantId } from './channel.js';
import { type EdgeStage, openEdge } from './edge-stage.js';

describe('the link behind the Sign in button', () => {
  let now = 1_000_000;
  const clock = { now: () => new Date(now) };
  const make = (key = 'key'): SignIn =>
    createSignIn({
      signed: createSignedValues({ key: Buffer.from(key), clock }),
      publicUrl: 'https://bot.example',
      signInUrl: 'https://login.example',
      tenantId,
      appId,
    });
  const requestIn = (link: string): string => new URL(link).searchParams.get('request') ?? '';
  const led = (signIn: SignIn, request: string): URL =>
    new URL(signIn.authorizeUrl(request) ?? 'about:blank');

  it('leads to the consent page of our tenant, for the permissions of that button only', () => {
    const signIn = make();
    const url = led(signIn, requestIn(signIn.linkFor({ scopes: ['User.Read.All'] })));
    assert.equal(url.origin + url.pathname, `https://login.example/${tenantId}/oauth2/v2.0/authorize`);
    const { state, ...fields } = Object.fromEntries(url.searchParams);
    assert.deepEqual(fields, {
      client_id: appId,
      response_type: 'code',
      response_mode: 'query',
      redirect_uri: 'https://bot.example/sign-in/done',
      scope: 'openid profile User.Read.All',
      prompt: 'consent',
    });
    assert.ok(signIn.isOurs(state ?? ''));
  });

  it('carries a claims challenge on', () => {
    const signIn = make();
    const link = signIn.linkFor({ scopes: [], claims: '{"access_token":{}}' });
    assert.equal(led(signIn, requestIn(link)).searchParams.get('claims'), '{"access_token":{}}');
  });

  it('is good for ten minutes', () => {
    const signIn = make();
    const request = requestIn(signIn.linkFor({ scopes: [] }));
    now += 10 * minute;
    assert.ok(signIn.authorizeUrl(request));
    now += 1;
    assert.equal(signIn.authorizeUrl(request), undefined);
  });

  it('cannot be made or changed by others', () => {
    const signIn = make();
    const request = requestIn(signIn.linkFor({ scopes: [] }));
    const [payload = '', seal = ''] = request.split('.');
    const more = Buffer.from(payload, 'base64url')
      .toString()
      .replace('"scopes":[]', '"scopes":["Mail.Read"]');
    for (const forged of [
      requestIn(make('another key').linkFor({ scopes: [] })),
      `${Buffer.from(more).toString('base64url')}.${seal}`,
      `${payload}.`,
      payload,
      '',
      '.',
    ]) {
      assert.equal(signIn.authorizeUrl(forged), undefined);
    }
  });

  it('is no state, and a state is no link', () => {
    const signIn = make();
    const request = requestIn(signIn.linkFor({ scopes: [] }));
    assert.equal(signIn.isOurs(request), false);
    assert.equal(signIn.authorizeUrl(led(signIn, request).searchParams.get('state') ?? ''), undefined);
  });
});

describe('the pages behind the Sign in button', () => {
  let stage: EdgeStage;
  beforeEach(async () => {
    stage = await openEdge();
  });
  afterEach(() => stage.close());

  const get = async (path: string): Promise<{ status: number; text: string; headers: Headers }> => {
    const { status, headers, ...response } = await fetch(`${stage.url}${path}`, { redirect: 'manual' }).then(
      async (answer) => ({ status: answer.status, headers: answer.headers, text: await answer.text() }),
    );
    return { status, headers, text: response.text };
  };

  async function startOf(): Promise<string> {
    stage.house.answers(() => {
      throw identityError('identity.sign-in-needed');
    });
    const { json } = await stage.post(stage.press());
    const link = new URL(json.value.buttons[0].value);
    return link.pathname + link.search;
  }

  it('lead from the button to the sign-in service and back', async () => {
    const start = await get(await startOf());
    assert.equal(start.status, 302);
    const location = new URL(start.headers.get('location') ?? '');
    assert.equal(location.searchParams.get('scope'), 'openid profile User.Read.All');

    const state = encodeURIComponent(location.searchParams.get('state') ?? '');
    const done = await get(`/sign-in/done?code=very-secret-code&state=${state}`);
    assert.equal(done.status, 200);
    assert.match(done.text, /close this window/);
    assert.ok(!done.text.includes('very-secret-code'));
    assert.ok(!JSON.stringify(stage.log.lines).includes('very-secret-code'));
  });

  it('say so when the person did not agree, without repeating what came in the address', async () => {
    const start = await get(await startOf());
    const state = new URL(start.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const query = `error=access_denied&error_description=<script>x</script>&state=${encodeURIComponent(state)}`;
    const { status, text } = await get(`/sign-in/done?${query}`);
    assert.equal(status, 200);
    assert.match(text, /not signed in/);
    assert.ok(!text.includes('script'));
  });

  it('turn away what did not begin here', async () => {
    for (const path of [
      '/sign-in/start',
      '/sign-in/start?request=x.y',
      '/sign-in/done?code=x',
      '/sign-in/done?state=x.y',
    ]) {
      assert.equal((await get(path)).status, 400, path);
    }
  });

  it('load nothing, are framed by nobody and kept by nobody', async () => {
    const { headers } = await get('/sign-in/done');
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'.*frame-ancestors 'none'/);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
  });
});
