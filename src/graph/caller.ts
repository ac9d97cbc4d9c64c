import type { AppError } from '../base/errors.js';
import type { Actor } from '../identity/actor.js';
import { identityError } from '../identity/errors.js';
import type { AppTokens, Challenge, UserTokens } from '../identity/tokens.js';
import { type Service, serviceOf } from './url.js';

/** In whose name a call is made. Its tokens are for one service: none of them ever travels to the other. */
export interface Caller {
  token(challenge?: Challenge): Promise<string>;
  /** Gives an error the meaning it has for this caller. */
  explain(error: AppError): AppError;
}

/** `scopes` as a verb declares them: bare names are Graph's, those of Azure start with its address. */
export function personCaller(
  tokens: UserTokens,
  actor: Actor,
  scopes: readonly string[],
  service: Service,
): Caller {
  const own = scopes.filter((scope) => serviceOf(scope) === service);
  return {
    async token(challenge) {
      if (own.length === 0) throw new TypeError(`No scope of the service "${service}" is declared`);
      return tokens.tokenFor(actor, own, challenge);
    },
    explain: (error) => error,
  };
}

export function appCaller(tokens: AppTokens, service: Service): Caller {
  return {
    async token(challenge) {
      if (service !== 'graph') throw new TypeError('The bot itself has no rights in Azure');
      return tokens.tokenFor('https://graph.microsoft.com/.default', challenge);
    },
    // No sign-in of a person helps when the bot itself is turned away.
    explain: (error) =>
      error.retry === 'sign-in'
        ? identityError('identity.misconfigured', error.cause, { ...error.detail })
        : error,
  };
}
