import assert from 'node:assert/strict';
import { hour, minute, second } from '../../src/base/clock.js';
import type { Actor } from '../../src/identity/actor.js';
import { createCredentials } from '../../src/identity/credentials.js';
import { createTokenService } from '../../src/identity/token-service.js';
import type { UserTokens } from '../../src/identity/tokens.js';
import { createUserTokens } from '../../src/identity/user-tokens.js';
import { identityConfig, person } from './people.js';
import { type MovableClock, movableClock } from './ports.js';
import { type Sts, startSts } from './sts.js';

/** Each sign-in is good for an hour. */
describe('the sign-ins that are kept', () => {
  const ada = person(1);
  const ben = person(2);
  const scopes = ['User.Read'];
  let sts: Sts;
  let clock: MovableClock;
  let tokens: UserTokens;

  beforeEach(async () => {
    sts = await startSts();
    clock = movableClock();
    const service = createTokenService({ signInUrl: sts.url, tryMs: 300 });
    tokens = createUserTokens({
      credentials: createCredentials(identityConfig(sts.url), service.options),
      service,
      clock,
      redeemCode: async () => assert.fail('nobody went through a window'),
      check: async () => ({
        issuedAt: clock.now(),
        expiresAt: new Date(clock.now().getTime() + hour),
        contexts: [],
      }),
    });
  });
  afterEach(() => sts.close());

  /** Whether it is still kept shows only where the time at which it was good comes back. */
  const keptSince = async (actor: Actor, ms: number): Promise<boolean> => {
    clock.advance(-ms);
    const kept = await tokens.tokenFor(actor, scopes).then(
      () => true,
      () => false,
    );
    clock.advance(ms);
    return kept;
  };

  it('leave nothing behind of people who do not come again, once their sign-in is over', async () => {
    await tokens.accept(ada, 'a');
    clock.advance(2 * hour);
    assert.ok(await keptSince(ada, 2 * hour), 'nobody came, so nothing was tidied up');
    await tokens.accept(ben, 'b');
    assert.ok(!(await keptSince(ada, 2 * hour)));
    assert.ok(await tokens.tokenFor(ben, scopes), 'who still counts stays');
  });

  it('are tidied up once a minute at most, however many people come', async () => {
    await tokens.accept(ada, 'a');
    clock.advance(hour - 30 * second);
    await tokens.accept(ben, 'b');
    clock.advance(31 * second);
    await tokens.accept(person(3), 'c');
    assert.ok(await keptSince(ada, 31 * second));
    clock.advance(30 * second);
    await tokens.accept(person(4), 'd');
    assert.ok(!(await keptSince(ada, 61 * second)));
  });

  it('of a person who came again stay as long as the newest sign-in', async () => {
    await tokens.accept(ada, 'a');
    clock.advance(30 * minute);
    await tokens.accept(ada, 'a2');
    clock.advance(31 * minute);
    await tokens.accept(ben, 'b');
    assert.ok(await tokens.tokenFor(ada, scopes));
    clock.advance(30 * minute);
    await tokens.accept(ben, 'b2');
    assert.ok(!(await keptSince(ada, 10 * minute)));
  });
});
