import type { KeyObject } from 'node:crypto';
import { type Clock, hour, minute, second } from '../base/clock.js';
import type { Log } from '../base/log.js';
import { identityError } from './errors.js';
import { fetchJson } from './fetch-json.js';
import { jwksUri, signingKeys } from './jwks.js';

export interface SigningKey {
  readonly key: KeyObject;
  /** Channels this key may speak for (Bot Framework); empty where the issuer does not use endorsements. */
  readonly endorsements: readonly string[];
}

export interface KeySet {
  /** Undefined: nobody we trust signs with that key. Throws `identity.unavailable` while no key is known at all. */
  keyFor(kid: string): Promise<SigningKey | undefined>;
}

export interface KeySetOptions {
  readonly metadataUrl: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch?: typeof fetch;
  /** Origins besides the metadata's own from which keys are accepted. */
  readonly trustedOrigins?: readonly string[];
}

type Keys = ReadonlyMap<string, SigningKey>;

const deadlineMs = 3 * second;
const maxBytes = 512 * 1024;
const freshForMs = 24 * hour;
const afterFailureMs = 5 * second;
/** Anybody can name a key that does not exist; that must not turn us into a load on the metadata endpoint. */
const betweenLooksMs = minute;

/** The keys of one issuer. Once known they outlive any outage of the endpoint they came from. */
export function createKeySet(options: KeySetOptions): KeySet {
  const now = (): number => options.clock.now().getTime();
  let keys: Keys | undefined;
  let staleAt = 0;
  let notBefore = 0;
  let lookAgainAt = 0;
  let running: Promise<void> | undefined;

  async function load(): Promise<void> {
    try {
      keys = await loadKeys(options);
      staleAt = now() + freshForMs;
    } catch (cause) {
      notBefore = now() + afterFailureMs;
      options.log.warn({ error: cause, metadata: options.metadataUrl }, 'signing keys could not be fetched');
    } finally {
      running = undefined;
    }
  }

  /** Single-flight; after a failure there is a short pause, so that an outage does not make every caller wait. */
  function refresh(): Promise<void> {
    if (running === undefined && now() >= notBefore) running = load();
    return running ?? Promise.resolve();
  }

  return {
    async keyFor(kid) {
      const cold = keys === undefined;
      if (cold) await refresh();
      if (keys === undefined) throw identityError('identity.unavailable');
      if (now() >= staleAt) void refresh();
      const known = keys.get(kid);
      if (known !== undefined || cold) return known;
      if (running === undefined) {
        if (now() < lookAgainAt) return undefined;
        lookAgainAt = now() + betweenLooksMs;
      }
      await refresh();
      return keys.get(kid);
    },
  };
}

async function loadKeys(options: KeySetOptions): Promise<Keys> {
  const request = { fetch: options.fetch ?? fetch, signal: AbortSignal.timeout(deadlineMs), maxBytes };
  const { metadataUrl, trustedOrigins = [] } = options;
  const uri = jwksUri(await fetchJson(metadataUrl, request), metadataUrl, trustedOrigins);
  return signingKeys(await fetchJson(uri, request));
}
