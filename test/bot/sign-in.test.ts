import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createSealedValues } from '../../bot/sealed-value.js';
import { createSignIn, type SignIn } from '../../bot/sign-in.js';
import { minute } from '../../src/base/clock.js';
import { systemIds } from '../../src/base/ids.js';
import { identityError } from '../../src/identity/errors.js';
import { appId, person, tenantId } from './channel.js';
import { type EdgeStage, openEdge } from './edge-stage.js';

describe('the link behind the Sign in button', () => {
  let now = 1_000_000;
  const clock = { now: () => new Date(now) };
  const make = (key = 'key'): SignIn =>
    createSignIn({
      values: createSealedValues({ key: Buffer.from(key), clock }),
      publicUrl: 'https://bot.example',
      signInUrl: 'https://login.example',
      tenantId,
      appId,
      ids: systemIds,
    });
  const requestIn = (link: string): string => new URL(link).searchParams.get('request') ?? '';
  const led = (signIn: SignIn, request: string): URL =>
    new URL(signIn.authorizeUrl(request) ?? 'about:blank');

  it('leads to the consent page of our tenant, for the permissions of that button only', () => {
    const signIn = make();
    const url = led(signIn, requestIn(signIn.linkFor({ person, scopes: ['User.Read.All'] })));
    assert.equal(url.origin + url.pathname, `https://login.example/${tenantId}/oauth2/v2.0/authorize`);
    const { state, code_challenge, ...fields } = Object.fromEntries(url.searchParams);
    assert.deepEqual(fields, {
      client_id: appId,
      response_type: 'code',
      response_mode: 'query',
      redirect_uri: 'https://bot.example/sign-in/done',
      scope: `openid profile ${appId}/access_as_user User.Read.All`,
      code_challenge_method: 'S256',
    });
    assert.match(code_challenge ?? '', /^[\w-]{43}$/);
    assert.equal(signIn.cameBack(state ?? '')?.person, person);
  });

  it('asks for consent, or for another account, only where that is what is missing', () => {
    const signIn = make();
    for (const prompt of ['consent', 'select_account'] as const) {
      const url = led(signIn, requestIn(signIn.linkFor({ person, scopes: [], prompt })));
      assert.equal(url.searchParams.get('prompt'), prompt);
    }
  });

  it('carries a claims challenge on', () => {
    const signIn = make();
    const link = signIn.linkFor({ person, scopes: [], claims: '{"access_token":{}}' });
    assert.equal(led(signIn, requestIn(link)).searchParams.get('claims'), '{"access_token":{}}');
  });

  it('is good for ten minutes', () => {
    const signIn = make();
    const request = requestIn(signIn.linkFor({ person, scopes: [] }));
    now += 10 * minute;
    assert.ok(signIn.authorizeUrl(request));
    now += 1;
    assert.equal(signIn.authorizeUrl(request), undefined);
  });

  it('cannot be made or changed by others', () => {
    const signIn = make();
    const request = requestIn(signIn.linkFor({ person, scopes: [] }));
    const bytes = Buffer.from(request, 'base64url');
    const flipped = (at: number): string =>
      Buffer.from(bytes.map((byte, n) => (n === at ? byte ^ 1 : byte))).toString('base64url');
    assert.ok(signIn.authorizeUrl(request));
    for (const forged of [
      requestIn(make('another key').linkFor({ person, scopes: [] })),
      ...[0, 12, 28, bytes.length - 1].map(flipped),
      request.slice(0, -2),
      '',
      '.',
      'AAAA',
    ]) {
      assert.equal(signIn.authorizeUrl(forged), undefined);
    }
  });

  it('tells whoever sees it nothing', () => {
    const signIn = make();
    const link = signIn.linkFor({ person, scopes: ['User.Read.All'] });
    const state = led(signIn, requestIn(link)).searchParams.get('state') ?? '';
    for (const sealed of [requestIn(link), state, signIn.cameBack(state)?.sealed('very-secret-code') ?? '']) {
      const bytes = Buffer.from(sealed, 'base64url').toString('latin1');
      for (const inside of [person, 'User.Read.All', 'very-secret-code', 'nonce'])
        assert.ok(!bytes.includes(inside), inside);
    }
  });

  it('brings back what any instance with the same key can redeem, and no other', () => {
    const signIn = make();
    const link = signIn.linkFor({ person, scopes: [], claims: '{"access_token":{}}' });
    const url = led(signIn, requestIn(link));
    const sealed = signIn.cameBack(url.searchParams.get('state') ?? '')?.sealed('the code') ?? '';
    const window = make().windowIn(sealed);
    assert.deepEqual([window?.person, window?.code], [person, 'the code']);
    assert.equal(window?.redirectUri, 'https://bot.example/sign-in/done');
    const challenge = createHash('sha256')
      .update(window?.verifier ?? '')
      .digest('base64url');
    assert.equal(challenge, url.searchParams.get('code_challenge'));
    assert.ok(window?.claims);
    assert.equal(make('another key').windowIn(sealed), undefined);
    assert.equal(signIn.windowIn(url.searchParams.get('state') ?? ''), undefined);
    now += 10 * minute + 1;
    assert.equal(signIn.windowIn(sealed), undefined);
  });

  it('begins each window with a secret of its own', () => {
    const signIn = make();
    const request = requestIn(signIn.linkFor({ person, scopes: [] }));
    const [first, second] = [led(signIn, request), led(signIn, request)];
    assert.notEqual(first.searchParams.get('code_challenge'), second.searchParams.get('code_challenge'));
  });

  it('is no state, and a state is no link', () => {
    const signIn = make();
    const request = requestIn(signIn.linkFor({ person, scopes: [] }));
    assert.equal(signIn.cameBack(request), undefined);
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
    assert.equal(location.searchParams.get('scope'), `openid profile ${appId}/access_as_user User.Read.All`);

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
    assert.ok(!text.includes('<script>x'));
    assert.ok(!text.includes('data-state'));
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

  it('run nothing where there is nothing to tell, are framed by nobody and kept by nobody', async () => {
    const { headers, text } = await get('/sign-in/done');
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /^default-src 'none';.*frame-ancestors 'none'/);
    assert.ok(!policy.includes('script-src'));
    assert.ok(!text.includes('<script'));
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
  });

  it('run the library of Teams and one script of ours, and reach nobody', async () => {
    const start = await get(await startOf());
    const state = new URL(start.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const { headers, text } = await get(`/sign-in/done?${new URLSearchParams({ code: 'x', state })}`);
    const policy = headers.get('content-security-policy') ?? '';
    const [, address, hash] = /script-src (\S+) ('sha256-[\w+/=]+')$/.exec(policy) ?? assert.fail(policy);
    assert.equal(address, 'https://bot.example/sign-in/teams.js');
    assert.ok(!/unsafe|connect-src|\*/.test(policy), policy);
    const [, ours = ''] = /<script>(.*)<\/script>/s.exec(text) ?? assert.fail(text);
    assert.equal(hash, `'sha256-${createHash('sha256').update(ours).digest('base64')}'`);
    assert.equal(headers.get('cache-control'), 'no-store');

    const [, src = '', integrity] = / src="([^"]+)" integrity="([^"]+)"/.exec(text) ?? assert.fail(text);
    const { pathname, search } = new URL(src);
    const library = await get(pathname + search);
    assert.equal(library.status, 200);
    assert.equal(integrity, `sha384-${createHash('sha384').update(library.text).digest('base64')}`);
    assert.match(library.headers.get('content-type') ?? '', /^text\/javascript/);
    assert.match(library.headers.get('cache-control') ?? '', /immutable/);
    const another = await get(`${pathname}?v=another`);
    assert.equal(another.headers.get('cache-control'), 'no-store', 'not kept under the name of another one');
    assert.equal((await get(`${pathname}.map`)).status, 404);
  });
});
