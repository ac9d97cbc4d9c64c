import { createHash } from 'node:crypto';
import { type Clock, minute } from '../src/base/clock.js';
import { isAppError } from '../src/base/errors.js';
import type { KeySet } from '../src/identity/key-set.js';
import { verifyJwt } from '../src/identity/verify-jwt.js';

export type ChannelVerdict =
  | { readonly kind: 'ok' }
  /** `unavailable`: Microsoft's signing keys are not known yet, which says nothing about the caller. */
  | { readonly kind: 'refused' | 'unavailable'; readonly reason: string };

export interface ChannelAuth {
  verify(authorization: string | undefined, serviceUrl: string): Promise<ChannelVerdict>;
}

export interface ChannelAuthOptions {
  readonly appId: string;
  readonly keys: KeySet;
  readonly clock: Clock;
}

const issuer = 'https://api.botframework.com';
const longest = 5 * minute;
const mostRemembered = 2_000;

/**
 * Stricter than the SDK's own check, which accepts a token for any address when the activity names none, and any
 * channel when the channel is empty. Teams sends one token with many activities: a verified one is remembered for a
 * few minutes, by its hash.
 */
export function createChannelAuth({ appId, keys, clock }: ChannelAuthOptions): ChannelAuth {
  const until = new Map<string, number>();

  function remember(hash: string, expiresAt: number, now: number): void {
    if (until.size >= mostRemembered) until.delete(until.keys().next().value ?? '');
    until.set(hash, Math.min(expiresAt, now + longest));
  }

  async function check(token: string, serviceUrl: string): Promise<ChannelVerdict> {
    const hash = createHash('sha256').update(`${token}\n${serviceUrl}`).digest('base64url');
    const now = clock.now().getTime();
    if ((until.get(hash) ?? 0) > now) return { kind: 'ok' };
    until.delete(hash);
    const verdict = await verifyJwt(token, { keys, clock, issuers: [issuer], audiences: [appId] });
    if (verdict.kind === 'refused') return verdict;
    if (!verdict.endorsements.includes('msteams')) return refused('key not endorsed for Teams');
    if (verdict.claims.serviceurl !== serviceUrl) return refused('token is for another service url');
    remember(hash, verdict.expiresAt.getTime(), now);
    return { kind: 'ok' };
  }

  return {
    async verify(authorization, serviceUrl) {
      const token = /^Bearer ([^\s]+)$/.exec(authorization ?? '')?.[1];
      if (token === undefined) return refused(authorization ? 'not a bearer token' : 'no token');
      try {
        return await check(token, serviceUrl);
      } catch (error) {
        if (isAppError(error) && error.retry === 'later') return { kind: 'unavailable', reason: error.code };
        throw error;
      }
    },
  };
}

function refused(reason: string): ChannelVerdict {
  return { kind: 'refused', reason };
}
