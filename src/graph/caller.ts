import type { AppError } from '../base/errors.js';
import type { Actor } from '../identity/actor.js';
import { identityError } from '../identity/errors.js';
import type { AppTokens, Challenge, UserTokens } from '../identity/tokens.js';

/** In whose name a call is made. */
export interface Caller {
  token(challenge?: Challenge): Promise<string>;
  /** Gives an error the meaning it has for this caller. */
  explain(error: AppError): AppError;
}

export function personCaller(tokens: UserTokens, actor: Actor, scopes: readonly string[]): Caller {
  return { token: (challenge) => tokens.tokenFor(actor, scopes, challenge), explain: (error) => error };
}

export function appCaller(tokens: AppTokens): Caller {
  return {
    token: (challenge) => tokens.tokenFor('https://graph.microsoft.com/.default', challenge),
    // No sign-in of a person helps when the bot itself is turned away.
    explain: (error) =>
      error.retry === 'sign-in'
        ? identityError('identity.misconfigured', error.cause, { ...error.detail })
        : error,
  };
}
