import jwt from 'jsonwebtoken';
import { z } from 'zod/v4';
import type { Clock } from '../base/clock.js';
import type { KeySet } from './key-set.js';

export interface JwtRules {
  readonly keys: KeySet;
  readonly clock: Clock;
  readonly issuers: readonly string[];
  /** Compared with a string `aud`; a token for several audiences is refused. */
  readonly audiences: readonly string[];
}

export type Claims = Readonly<Record<string, unknown>>;

/** `reason` is ours and fixed, for the log: a library's message can quote pieces of the token. */
export type JwtVerdict =
  | {
      readonly kind: 'ok';
      readonly claims: Claims;
      readonly expiresAt: Date;
      readonly endorsements: readonly string[];
    }
  | { readonly kind: 'refused'; readonly reason: string };

const maxLength = 16 * 1024;
const skewSeconds = 300;
/** The last second a Date can hold. */
const latestExp = 8.64e12;
const threeParts = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const headerShape = z.object({
  alg: z.literal('RS256'),
  kid: z.string().min(1).max(256),
  typ: z.string().toUpperCase().pipe(z.literal('JWT')).optional(),
  crit: z.undefined(),
});
const claimsShape = z.looseObject({ iss: z.string(), aud: z.string(), exp: z.number().max(latestExp) });

/** Throws only when the issuer's keys cannot be had (`identity.unavailable`): that says nothing about the token. */
export async function verifyJwt(token: string, rules: JwtRules): Promise<JwtVerdict> {
  if (token.length > maxLength || !threeParts.test(token)) return refused('not a JWT');
  const header = headerShape.safeParse(decodedHeader(token));
  if (!header.success) return refused('header is not RS256 with a kid');
  const signer = await rules.keys.keyFor(header.data.kid);
  if (signer === undefined) return refused('unknown key');
  const payload = verified(token, { signer, clock: rules.clock });
  if (payload instanceof Error) return refused(reasonOf(payload));
  const claims = claimsShape.safeParse(payload);
  if (!claims.success) return refused('iss, aud or exp is missing or not plain');
  if (!rules.issuers.includes(claims.data.iss)) return refused('wrong issuer');
  if (!rules.audiences.includes(claims.data.aud)) return refused('wrong audience');
  const expiresAt = new Date(claims.data.exp * 1000);
  return { kind: 'ok', claims: claims.data, expiresAt, endorsements: signer.endorsements };
}

function refused(reason: string): JwtVerdict {
  return { kind: 'refused', reason };
}

function decodedHeader(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

interface Check {
  readonly signer: { readonly key: jwt.PublicKey };
  readonly clock: Clock;
}

function verified(token: string, { signer, clock }: Check): unknown {
  try {
    return jwt.verify(token, signer.key, {
      algorithms: ['RS256'],
      clockTimestamp: Math.floor(clock.now().getTime() / 1000),
      clockTolerance: skewSeconds,
    });
  } catch (error) {
    return error instanceof Error ? error : new Error('unknown');
  }
}

function reasonOf(error: Error): string {
  if (error instanceof jwt.TokenExpiredError) return 'expired';
  if (error instanceof jwt.NotBeforeError) return 'not valid yet';
  return 'bad signature';
}
