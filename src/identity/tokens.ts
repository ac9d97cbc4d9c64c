import type { Actor } from './actor.js';

/** The last token was refused: caches are bypassed, and `claims` says what the next one has to bring along. */
export interface Challenge {
  readonly claims?: string;
}

/** Tokens that let the bot act as a person. Nothing here is ever stored or logged. */
export interface UserTokens {
  /** Checks a Teams SSO token against the person who clicked and keeps it, in memory only, until it expires. */
  accept(actor: Actor, assertion: string): Promise<void>;
  /** On behalf of the person. Throws `identity.*` with retry `sign-in` when only the person can help. */
  tokenFor(actor: Actor, scopes: readonly string[], challenge?: Challenge): Promise<string>;
  forget(actor: Actor): void;
}

/** The bot's own identity: reads Graph, and speaks to the Teams connector. */
export interface AppTokens {
  tokenFor(scope: string, challenge?: Challenge): Promise<string>;
}
