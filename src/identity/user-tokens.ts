import { createHash } from 'node:crypto';
import { type Clock, minute } from '../base/clock.js';
import type { Actor } from './actor.js';
import { because } from './because.js';
import { contextsDemanded } from './claims.js';
import type { Credentials } from './credentials.js';
import { identityError } from './errors.js';
import { createRecent } from './recent.js';
import type { RedeemCode } from './redeem-code.js';
import type { CheckedAssertion } from './sso-token.js';
import type { TokenService } from './token-service.js';
import type { Challenge, UserTokens } from './tokens.js';

export interface UserTokensOptions {
  readonly credentials: Credentials;
  readonly service: TokenService;
  readonly check: (actor: Actor, assertion: string) => Promise<CheckedAssertion>;
  readonly redeemCode: RedeemCode;
  readonly clock: Clock;
  /** People whose assertions are kept; the one not seen for longest goes first, and signs in again. */
  readonly maxPeople?: number;
}

/** One sign-in of one person, and what was got for it. */
interface Held extends CheckedAssertion {
  readonly hash: string;
  readonly assertion: string;
  /** It comes out of a window that had to satisfy claims. */
  readonly stronger: boolean;
  readonly tokens: Map<string, { readonly token: string; readonly until: number }>;
  readonly running: Map<string, Promise<string>>;
}

const graph = 'https://graph.microsoft.com/';
const renewEarlierMs = 5 * minute;
const mostEach = 3;
const tidyEachMs = minute;

export function createUserTokens(options: UserTokensOptions): UserTokens {
  const now = (): number => options.clock.now().getTime();
  const signIns = createSignIns(options.maxPeople ?? 5000, now);
  const redeeming = new Map<string, Promise<void>>();
  const current = (actor: Actor): readonly Held[] => signIns.current(keyOf(actor));

  async function take(actor: Actor, assertion: string, stronger: boolean): Promise<void> {
    signIns.tidy();
    const hash = hashOf(assertion);
    if (current(actor).some((held) => held.hash === hash)) return;
    const checked = await options.check(actor, assertion);
    const held = { ...checked, hash, assertion, stronger, tokens: new Map(), running: new Map() };
    signIns.keep(keyOf(actor), ordered(current(actor), held).slice(0, mostEach));
  }

  async function tokenFor(actor: Actor, scopes: readonly string[], challenge?: Challenge): Promise<string> {
    const held = fitting(current(actor), challenge);
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

  return {
    accept: (actor, assertion) => take(actor, assertion, false),
    // Teams may deliver one press twice at the same moment, but a code is good once: both wait for the same exchange.
    redeem: (actor, window) =>
      once(redeeming, `${keyOf(actor)} ${hashOf(window.code)}`, async () =>
        take(actor, await options.redeemCode(window), window.stronger),
      ),
    contexts: (actor) => [...new Set(current(actor).flatMap(({ contexts }) => contexts))],
    tokenFor,
    forget: (actor) => signIns.drop(keyOf(actor)),
  };
}

interface SignIns {
  /** Those of a person that still count; the one in use comes first. */
  current(key: string): readonly Held[];
  keep(key: string, held: readonly Held[]): void;
  drop(key: string): void;
  /** Drops what is over. Cheap enough to be asked for at every press. */
  tidy(): void;
}

function createSignIns(maxPeople: number, now: () => number): SignIns {
  const people = createRecent<readonly Held[]>(maxPeople);
  /** When the last sign-in of each of them is over. */
  const ends = new Map<string, number>();
  let tidyAt = 0;

  function drop(key: string): void {
    people.delete(key);
    ends.delete(key);
  }

  return {
    drop,
    current(key) {
      const alive = (people.get(key) ?? []).filter(({ expiresAt }) => expiresAt.getTime() > now());
      if (alive.length === 0) drop(key);
      return alive;
    },
    keep(key, held) {
      people.set(key, held);
      ends.set(key, Math.max(...held.map(({ expiresAt }) => expiresAt.getTime())));
    },
    // Whoever does not come again asks for nothing, and what they left here is a secret all the same.
    tidy() {
      if (now() < tidyAt) return;
      tidyAt = now() + tidyEachMs;
      for (const [key, end] of ends) if (end <= now()) drop(key);
    },
  };
}

/**
 * Teams goes on handing out plain tokens, later ones too: none of them pushes aside a sign-in that had to satisfy
 * claims, or the next press would be asked for it again. Of two that are alike the newer one counts: several devices
 * answer one question.
 */
function ordered(before: readonly Held[], fresh: Held): readonly Held[] {
  const [first] = before;
  if (first === undefined) return [fresh];
  if (!fresh.stronger && (first.stronger || first.issuedAt > fresh.issuedAt)) return before;
  return [fresh, ...before.filter((held) => addsTo(fresh, held))];
}

/**
 * A sign-in for one context need not say that another was satisfied before. A sign-in for anything else follows a
 * session that Entra has ended, and what was proved in that one counts no more.
 */
function addsTo(fresh: Held, earlier: Held): boolean {
  return fresh.contexts.length > 0 && earlier.contexts.some((context) => !fresh.contexts.includes(context));
}

function fitting(held: readonly Held[], challenge?: Challenge): Held | undefined {
  const wanted = contextsDemanded(challenge?.claims ?? '');
  return held.find(({ contexts }) => wanted.some((context) => contexts.includes(context))) ?? held[0];
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

function keyOf(actor: Actor): string {
  return `${actor.tenantId} ${actor.objectId}`;
}

function qualified(scopes: readonly string[]): readonly string[] {
  if (scopes.length === 0) throw new TypeError('A token for no scope would open nothing');
  return scopes.map((scope) => (scope.includes('/') ? scope : `${graph}${scope}`)).sort();
}

function once<T>(running: Map<string, Promise<T>>, key: string, work: () => Promise<T>): Promise<T> {
  const before = running.get(key);
  if (before !== undefined) return before;
  const promise = work().finally(() => running.delete(key));
  running.set(key, promise);
  return promise;
}
