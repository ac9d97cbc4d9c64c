import type { AccessToken } from '@azure/identity';
import { type Clock, minute, second } from '../base/clock.js';
import { type AppError, isAppError } from '../base/errors.js';
import type { Log } from '../base/log.js';
import { because } from './because.js';
import type { Credentials } from './credentials.js';
import { identityError } from './errors.js';
import type { TokenService } from './token-service.js';
import type { AppTokens } from './tokens.js';

export interface AppTokensOptions {
  readonly credentials: Credentials;
  readonly service: TokenService;
  readonly clock: Clock;
  readonly log: Log;
}

interface Slot {
  current?: AccessToken;
  running?: Promise<string>;
  notBefore: number;
}

const lastUseMs = minute;
const renewEarlierMs = 10 * minute;
const afterFailureMs = 30 * second;

/** Renewed in the background while the old token still works, so that an outage of a few minutes is not noticed. */
export function createAppTokens(options: AppTokensOptions): AppTokens {
  const slots = new Map<string, Slot>();
  const now = (): number => options.clock.now().getTime();

  function renew(scope: string, slot: Slot): Promise<string> {
    slot.running ??= load(options, scope)
      .then((token) => {
        slot.current = token;
        return token.token;
      })
      .catch((error: unknown) => {
        slot.notBefore = now() + afterFailureMs;
        throw error;
      })
      .finally(() => {
        delete slot.running;
      });
    return slot.running;
  }

  return {
    tokenFor(scope, challenge) {
      const slot = slots.get(scope) ?? { notBefore: 0 };
      slots.set(scope, slot);
      const left = (slot.current?.expiresOnTimestamp ?? 0) - now();
      if (slot.current === undefined || left <= lastUseMs || challenge !== undefined)
        return renew(scope, slot);
      if (left <= renewEarlierMs && now() >= slot.notBefore) {
        renew(scope, slot).catch((error: unknown) => {
          options.log.warn({ error, scope }, 'the bot could not renew its token yet');
        });
      }
      return Promise.resolve(slot.current.token);
    },
  };
}

/** A new credential each time: it reads a renewed certificate or token file, and has no cache to give an old token from. */
async function load({ credentials, service }: AppTokensOptions, scope: string): Promise<AccessToken> {
  try {
    return await service.ask(() => credentials.asApp().getToken(scope));
  } catch (error) {
    throw isAppError(error) ? forApp(error) : error;
  }
}

/** Nobody can be asked to sign in for the bot itself: whatever is not an outage needs an administrator. */
function forApp(error: AppError): AppError {
  if (error.retry === 'later' || error.code === 'identity.misconfigured') return error;
  const said = error.cause instanceof Error ? error.cause.message : error.code;
  return identityError('identity.misconfigured', because(said), { ...error.detail });
}
