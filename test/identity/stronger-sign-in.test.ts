import assert from 'node:assert/strict';
import { hour, minute } from '../../src/base/clock.js';
import { createCredentials } from '../../src/identity/credentials.js';
import { identityError } from '../../src/identity/errors.js';
import { createTokenService } from '../../src/identity/token-service.js';
import type { UserTokens, WindowCode } from '../../src/identity/tokens.js';
import { createUserTokens } from '../../src/identity/user-tokens.js';
import { identityConfig, person } from './people.js';
import { type MovableClock, movableClock } from './ports.js';
import { type Sts, startSts } from './sts.js';

const scopes = ['RoleAssignmentSchedule.ReadWrite.Directory'];
const demand = (context: string): string =>
  JSON.stringify({ access_token: { acrs: { essential: true, value: context } } });

/** Assertions say what they are: `plain`, or the contexts they have met, such as `c1 c2`. */
describe('a sign-in that had to satisfy claims', () => {
  const ada = person(1);
  const ben = person(2);
  let sts: Sts;
  let clock: MovableClock;
  let tokens: UserTokens;
  let redeemed: string[];

  beforeEach(async () => {
    sts = await startSts();
    clock = movableClock();
    redeemed = [];
    const service = createTokenService({ signInUrl: sts.url, tryMs: 300 });
    tokens = createUserTokens({
      credentials: createCredentials(identityConfig(sts.url), service.options),
      service,
      clock,
      redeemCode: async ({ code }) => {
        if (redeemed.includes(code)) throw identityError('identity.sign-in-spent');
        redeemed.push(code);
        return code;
      },
      check: async (actor, assertion) => {
        if (assertion.startsWith('of ben') && actor !== ben) throw identityError('identity.token-refused');
        const now = clock.now().getTime();
        const contexts = assertion.match(/\bc\d+\b/g) ?? [];
        return { issuedAt: new Date(now), expiresAt: new Date(now + hour), contexts };
      },
    });
  });
  afterEach(() => sts.close());

  const window = (code: string, stronger = true): WindowCode => ({
    code,
    verifier: 'v',
    redirectUri: 'https://bot.example/sign-in/done',
    stronger,
  });
  const usedFor = async (claims?: string): Promise<string | undefined> => {
    await tokens.tokenFor(ada, scopes, claims === undefined ? {} : { claims });
    return sts.asked.at(-1)?.assertion;
  };

  it('is used from then on, and what was got before is not', async () => {
    await tokens.accept(ada, 'plain');
    const before = await tokens.tokenFor(ada, scopes);
    await tokens.redeem(ada, window('c1'));
    assert.notEqual(await tokens.tokenFor(ada, scopes), before);
    assert.equal(sts.asked.at(-1)?.assertion, 'c1');
    assert.deepEqual(tokens.contexts(ada), ['c1']);
    assert.deepEqual(tokens.contexts(ben), []);
  });

  it('is not pushed aside by the later, weaker tokens that Teams goes on handing out', async () => {
    await tokens.redeem(ada, window('c1'));
    const got = await tokens.tokenFor(ada, scopes);
    clock.advance(10 * minute);
    await tokens.accept(ada, 'plain, and later');
    assert.equal(await tokens.tokenFor(ada, scopes), got, 'not even its tokens are asked for anew');
    assert.deepEqual(tokens.contexts(ada), ['c1']);
  });

  it('is not pushed aside where what it met has no name', async () => {
    await tokens.redeem(ada, window('mfa'));
    clock.advance(minute);
    await tokens.accept(ada, 'plain');
    assert.equal(await usedFor(), 'mfa');
  });

  it('makes room when its time is over', async () => {
    await tokens.redeem(ada, window('c1'));
    clock.advance(hour);
    assert.deepEqual(tokens.contexts(ada), []);
    await tokens.accept(ada, 'plain');
    assert.equal(await usedFor(), 'plain');
  });

  it('makes room when it does not do any more', async () => {
    await tokens.redeem(ada, window('c1'));
    tokens.forget(ada);
    assert.deepEqual(tokens.contexts(ada), []);
    await tokens.accept(ada, 'plain');
    assert.equal(await usedFor(), 'plain');
  });

  it('stays beside a later one for something else, so that two demands do not take turns for ever', async () => {
    await tokens.redeem(ada, window('c1'));
    clock.advance(minute);
    await tokens.redeem(ada, window('c2'));
    assert.deepEqual([...tokens.contexts(ada)].sort(), ['c1', 'c2']);
    assert.equal(await usedFor(), 'c2');
    assert.equal(await usedFor(demand('c1')), 'c1');
    assert.equal(await usedFor(demand('c2')), 'c2');
    clock.advance(hour - minute);
    assert.deepEqual(tokens.contexts(ada), ['c2'], 'each for its own time');
  });

  it('ends with the session: a new one that proves less counts alone', async () => {
    await tokens.redeem(ada, window('c1'));
    clock.advance(minute);
    await tokens.redeem(ada, window('after a revocation'));
    assert.deepEqual(tokens.contexts(ada), []);
    assert.equal(await usedFor(demand('c1')), 'after a revocation');
  });

  it('is kept over a window that was only about consent', async () => {
    await tokens.redeem(ada, window('c1'));
    clock.advance(minute);
    await tokens.redeem(ada, window('consent', false));
    assert.deepEqual(tokens.contexts(ada), ['c1']);
    tokens.forget(ada);
    await tokens.redeem(ada, window('consent again', false));
    clock.advance(minute);
    await tokens.accept(ada, 'plain');
    assert.equal(await usedFor(), 'plain', 'such a window gives nothing more than Teams does');
  });

  it('is one exchange for a press that was delivered twice at once, and none for a later one', async () => {
    await Promise.all([tokens.redeem(ada, window('c1')), tokens.redeem(ada, window('c1'))]);
    assert.deepEqual(redeemed, ['c1']);
    await assert.rejects(tokens.redeem(ada, window('c1')), { code: 'identity.sign-in-spent' });
    assert.deepEqual(tokens.contexts(ada), ['c1'], 'what was got stays');
  });

  it('of somebody else is refused and changes nothing', async () => {
    await tokens.accept(ada, 'plain');
    await assert.rejects(tokens.redeem(ada, window('of ben, c1')), { code: 'identity.token-refused' });
    assert.deepEqual(tokens.contexts(ada), []);
    assert.equal(await usedFor(), 'plain');
  });
});
