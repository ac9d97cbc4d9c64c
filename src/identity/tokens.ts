import type { Actor } from './actor.js';

/** The last token was refused: caches are bypassed, and `claims` says what the next one has to bring along. */
export interface Challenge {
  readonly claims?: string;
}

/** What a sign-in window came back with: a code, and what proves that we sent the person there. */
export interface WindowCode {
  readonly code: string;
  readonly verifier: string;
  readonly redirectUri: string;
  /** The window had to satisfy claims, so what it gave is worth more than what Teams gives by itself. */
  readonly stronger: boolean;
}

/** Tokens that let the bot act as a person. Nothing here is ever stored or logged. */
export interface UserTokens {
  /** Checks a Teams SSO token against the person who clicked and keeps it, in memory only, until it expires. */
  accept(actor: Actor, assertion: string): Promise<void>;
  /** Exchanges what the window came back with for a token of the same kind; it is checked and kept in the same way. */
  redeem(actor: Actor, window: WindowCode): Promise<void>;
  /** Authentication contexts (`c1` to `c99`) that the person has satisfied in sign-ins that still count. */
  contexts(actor: Actor): readonly string[];
  /** On behalf of the person. Throws `identity.*` with retry `sign-in` when only the person can help. */
  tokenFor(actor: Actor, scopes: readonly string[], challenge?: Challenge): Promise<string>;
  forget(actor: Actor): void;
}

/** The bot's own identity: reads Graph, and speaks to the Teams connector. */
export interface AppTokens {
  tokenFor(scope: string, challenge?: Challenge): Promise<string>;
}
