import { createHash } from 'node:crypto';
import { type Clock, minute } from '../base/clock.js';
import type { Actor } from './actor.js';
import { because } from './because.js';
import type { Credentials } from './credentials.js';
import { identityError } from './errors.js';
import { createRecent } from './recent.js';
import type { CheckedAssertion } from './sso-token.js';
import type { TokenService } from './token-service.js';
import type { Challenge, UserTokens } from './tokens.js';

export interface UserTokensOptions {
  readonly credentials: Credentials;
  readonly service: TokenService;
  readonly check: (actor: Actor, assertion: string) => Promise<CheckedAssertion>;
  readonly clock: Clock;
  /** People whose assertion is kept; the one not seen for longest goes first, and signs in again. */
  readonly maxPeople?: number;
}

/** One person's current assertion, and what was got for it. */
interface Held extends CheckedAssertion {
  readonly hash: string;
  readonly assertion: string;
  readonly tokens: Map<string, { readonly token: string; readonly until: number }>;
  readonly running: Map<string, Promise<string>>;
}

const graph = 'https://graph.microsoft.com/';
const renewEarlierMs = 5 * minute;

export function createUserTokens(options: UserTokensOptions): UserTokens {
  const people = createRecent<Held>(options.maxPeople ?? 5000);
  const now = (): number => options.clock.now().getTime();

  function current(actor: Actor): Held | undefined {
    const held = people.get(keyOf(actor));
    if (held === undefined || held.expiresAt.getTime() > now()) return held;
    people.delete(keyOf(actor));
    return undefined;
  }

  async function accept(actor: Actor, assertion: string): Promise<void> {
    const hash = createHash('sha256').update(assertion).digest('base64url');
    if (current(actor)?.hash === hash) return;
    const checked = await options.check(actor, assertion);
    const before = current(actor);
    // Several devices answer one question: an older token must not displace a newer, perhaps stronger, sign-in.
    if (before !== undefined && before.issuedAt > checked.issuedAt) return;
    people.set(keyOf(actor), { ...checked, hash, assertion, tokens: new Map(), running: new Map() });
  }

  async function tokenFor(actor: Actor, scopes: readonly string[], challenge?: Challenge): Promise<string> {
    const held = current(actor);
    if (held === undefined) throw identityError('identity.sign-in-needed', because('no current assertion'));
    const wanted = qualified(scopes);
    const cached = held.tokens.get(wanted.join(' '));
    if (challenge === undefined && cached !== undefined && cached.until > now()) return cached.token;
    return once(
      held.running,
      `${challenge === undefined ? '' : `!${challenge.claims ?? ''}`} ${wanted.join(' ')}`,
      () => fetchToken(held, wanted, challenge),
    );
  }

  async function fetchToken(held: Held, scopes: readonly string[], challenge?: Challenge): Promise<string> {
    // A new one each time: it has no cache to give a refused token from, and no memory of a refusal to repeat.
    const credential = options.credentials.onBehalfOf(held.assertion);
    const claims = challenge?.claims;
    const { token, expiresOnTimestamp } = await options.service.ask(() =>
      // Without CAE the token does not carry xms_cc, and role activation repeats its demand for ever.
      credential.getToken([...scopes], { enableCae: true, ...(claims === undefined ? {} : { claims }) }),
    );
    held.tokens.set(scopes.join(' '), { token, until: expiresOnTimestamp - renewEarlierMs });
    return token;
  }

  return { accept, tokenFor, forget: (actor) => void people.delete(keyOf(actor)) };
}

function keyOf(actor: Actor): string {
  return `${actor.tenantId} ${actor.objectId}`;
}

function qualified(scopes: readonly string[]): readonly string[] {
  if (scopes.length === 0) throw new TypeError('A token for no scope would open nothing');
  return scopes.map((scope) => (scope.includes('/') ? scope : `${graph}${scope}`)).sort();
}

function once(
  running: Map<string, Promise<string>>,
  key: string,
  work: () => Promise<string>,
): Promise<string> {
  const before = running.get(key);
  if (before !== undefined) return before;
  const promise = work().finally(() => running.delete(key));
  running.set(key, promise);
  return promise;
}
