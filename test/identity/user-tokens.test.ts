import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { hour } from '../../src/base/clock.js';
import { isAppError } from '../../src/base/errors.js';
import type { Actor } from '../../src/identity/actor.js';
import { createCredentials } from '../../src/identity/credentials.js';
import { createTokenService } from '../../src/identity/token-service.js';
import type { UserTokens } from '../../src/identity/tokens.js';
import { createUserTokens } from '../../src/identity/user-tokens.js';
import { identityConfig, person } from './people.js';
import { type MovableClock, movableClock } from './ports.js';
import { refusal, type Sts, type StsReply, startSts } from './sts.js';

describe('tokens on behalf of a person', () => {
  const ada = person(1);
  const ben = person(2);
  const scopes = ['EntitlementManagement.ReadWrite.All'];
  let sts: Sts;
  let clock: MovableClock;
  let tokens: UserTokens;
  let issuedAt: Date;

  beforeEach(async () => {
    sts = await startSts();
    clock = movableClock();
    issuedAt = clock.now();
    tokens = userTokens();
  });
  afterEach(() => sts.close());

  /** Assertions are taken at their word here: sso-token.test.ts is about whether they are true. */
  function userTokens(maxPeople = 5000): UserTokens {
    const config = identityConfig(sts.url);
    const service = createTokenService({ signInUrl: sts.url, tryMs: 300 });
    const credentials = createCredentials(config, service.options);
    const check = async () => ({
      issuedAt,
      expiresAt: new Date(clock.now().getTime() + hour),
      contexts: [],
    });
    const redeemCode = async () => assert.fail('nobody went through a window');
    return createUserTokens({ credentials, service, check, redeemCode, clock, maxPeople });
  }

  const failure = async (work: Promise<unknown>) => {
    const error: unknown = await work.then(
      () => assert.fail('it should have failed'),
      (reason: unknown) => reason,
    );
    assert.ok(isAppError(error), inspect(error));
    return error;
  };

  it('are got with the assertion of exactly that person, and only for what was asked', async () => {
    await tokens.accept(ada, 'assertion-of-ada');
    assert.equal(await tokens.tokenFor(ada, scopes), 'secret-access-token-1');
    const form = sts.asked[0] ?? {};
    assert.equal(form.assertion, 'assertion-of-ada');
    assert.equal(form.requested_token_use, 'on_behalf_of');
    assert.match(
      form.scope ?? '',
      /^https:\/\/graph\.microsoft\.com\/EntitlementManagement\.ReadWrite\.All /,
    );
    assert.match(form.claims ?? '', /cp1/, 'says that it understands claims challenges');
  });

  it('are not to be had for somebody who has not signed in', async () => {
    await tokens.accept(ada, 'assertion-of-ada');
    assert.equal((await failure(tokens.tokenFor(ben, scopes))).code, 'identity.sign-in-needed');
  });

  it('are asked for once, however many need them at the same moment, and then remembered', async () => {
    await tokens.accept(ada, 'assertion-of-ada');
    const all = await Promise.all(Array.from({ length: 10 }, () => tokens.tokenFor(ada, scopes)));
    assert.deepEqual(
      new Set([...all, await tokens.tokenFor(ada, scopes)]),
      new Set(['secret-access-token-1']),
    );
    assert.equal(sts.asked.length, 1);
  });

  it('are asked for anew after they were refused, with the claims that Graph demands', async () => {
    await tokens.accept(ada, 'assertion-of-ada');
    await tokens.tokenFor(ada, scopes);
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    assert.equal(await tokens.tokenFor(ada, scopes, { claims }), 'secret-access-token-2');
    assert.match(sts.asked[1]?.claims ?? '', /"acrs"/);
    assert.equal(
      await tokens.tokenFor(ada, scopes),
      'secret-access-token-2',
      'the new one replaces the old one',
    );
    assert.equal(await tokens.tokenFor(ada, scopes, {}), 'secret-access-token-3');
  });

  it('come from the newest sign-in, and an older one does not push it aside', async () => {
    await tokens.accept(ada, 'first');
    issuedAt = new Date(issuedAt.getTime() + 60_000);
    await tokens.accept(ada, 'second, with a stronger sign-in');
    issuedAt = new Date(issuedAt.getTime() - 30_000);
    await tokens.accept(ada, 'late answer of another device');
    await tokens.tokenFor(ada, scopes);
    assert.equal(sts.asked[0]?.assertion, 'second, with a stronger sign-in');
  });

  it('end with the assertion, with forgetting, and for the person not seen for longest', async () => {
    await tokens.accept(ada, 'a');
    clock.advance(hour);
    assert.equal((await failure(tokens.tokenFor(ada, scopes))).code, 'identity.sign-in-needed');
    await tokens.accept(ada, 'b');
    tokens.forget(ada);
    assert.equal((await failure(tokens.tokenFor(ada, scopes))).code, 'identity.sign-in-needed');
    const few = userTokens(2);
    for (const each of [ada, ben]) await few.accept(each, 'c');
    await few.tokenFor(ada, scopes);
    await few.accept(person(3), 'c');
    assert.equal((await failure(few.tokenFor(ben, scopes))).code, 'identity.sign-in-needed');
    assert.ok(await few.tokenFor(ada, scopes));
  });

  const challenge = '{"access_token":{"polids":{"essential":true,"values":["x"]}}}';
  const refusals: readonly [string, StsReply, string][] = [
    [
      'a stronger sign-in is needed',
      refusal('interaction_required', 50_076, { claims: challenge }),
      'identity.step-up-needed',
    ],
    [
      'consent is missing',
      refusal('invalid_grant', 65_001, { suberror: 'consent_required' }),
      'identity.consent-needed',
    ],
    [
      'Conditional Access blocks',
      refusal('interaction_required', 53_003, { suberror: 'message_only' }),
      'identity.blocked',
    ],
    ['the account is disabled', refusal('invalid_grant', 50_057), 'identity.blocked'],
    ['the assertion is not accepted', refusal('invalid_grant', 50_013), 'identity.sign-in-needed'],
    ['the session was revoked', refusal('invalid_grant', 50_173), 'identity.sign-in-needed'],
    ["the bot's secret has expired", refusal('invalid_client', 7_000_222), 'identity.misconfigured'],
    ['the service is down', { status: 503, body: {} }, 'identity.unavailable'],
    [
      'the service is busy',
      { status: 429, body: {}, headers: { 'retry-after': '30' } },
      'identity.unavailable',
    ],
    ['the connection breaks', { drop: true }, 'identity.unavailable'],
    [
      'the answer is a success without a token',
      { status: 200, body: { hello: 'secret-access-token' } },
      'identity.unavailable',
    ],
  ];
  for (const [what, reply, code] of refusals) {
    it(`say what is wrong when ${what}`, async () => {
      sts.onRequest(() => reply);
      await tokens.accept(ada, 'assertion-of-ada');
      const error = await failure(tokens.tokenFor(ada, scopes));
      assert.equal(error.code, code);
      assert.equal(error.detail.claims, code === 'identity.step-up-needed' ? challenge : undefined);
      const shown = inspect(error, { depth: 10, showHidden: true });
      for (const secret of ['assertion-of-ada', 'secret-access-token', 'the-bots-own-secret']) {
        assert.ok(!shown.includes(secret), `${secret} is not in ${shown}`);
      }
    });
  }

  it('never mix up what many people are told at the same moment', async () => {
    const told = [
      [refusal('interaction_required', 50_076, { claims: challenge }), 'identity.step-up-needed'],
      [refusal('invalid_grant', 65_001), 'identity.consent-needed'],
      [refusal('invalid_grant', 53_000), 'identity.blocked'],
    ] as const;
    const crowd = Array.from({ length: 9 }, (_, n) => person(n + 1));
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    sts.onRequest(async ({ assertion }, n) => {
      if (n === crowd.length) release();
      await gate;
      return told[Number(assertion) % 3]?.[0];
    });
    const codes = crowd.map(async (each, n) => {
      await tokens.accept(each, String(n));
      return (await failure(tokens.tokenFor(each, scopes))).code;
    });
    const expected = crowd.map((_, n) => told[n % 3]?.[1]);
    assert.deepEqual(await Promise.all(codes), expected);
  });

  it('are asked for a second time, and not more often, when the service stumbles', async () => {
    sts.onRequest((_form, n) => (n === 1 ? { status: 500, body: {} } : undefined));
    await tokens.accept(ada, 'assertion-of-ada');
    assert.equal(await tokens.tokenFor(ada, scopes), 'secret-access-token-2');
    sts.onRequest(() => ({ status: 500, body: {} }));
    await failure(tokens.tokenFor(ada, ['User.Read']));
    assert.equal(sts.asked.length, 4);
  });

  it('are asked for again at the next click, however long the service wanted to be left alone', async () => {
    sts.onRequest((_form, n) =>
      n === 1 ? { status: 429, body: {}, headers: { 'retry-after': '60' } } : undefined,
    );
    await tokens.accept(ada, 'assertion-of-ada');
    assert.equal((await failure(tokens.tokenFor(ada, scopes))).code, 'identity.unavailable');
    assert.equal(await tokens.tokenFor(ada, scopes), 'secret-access-token-2');
  });

  it('do not wait for a service that never answers', async () => {
    sts.onRequest(() => new Promise(() => {}));
    await tokens.accept(ada, 'assertion-of-ada');
    assert.equal((await failure(tokens.tokenFor(ada, scopes))).code, 'identity.unavailable');
  });

  it('are never asked for without saying for what', async () => {
    const forNothing = async (actor: Actor) => {
      await tokens.accept(actor, 'assertion');
      return tokens.tokenFor(actor, []);
    };
    await assert.rejects(forNothing(ada), TypeError);
  });
});
