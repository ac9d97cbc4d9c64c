import { z } from 'zod/v4';
import type { Clock } from '../base/clock.js';
import type { Log } from '../base/log.js';
import type { Actor } from './actor.js';
import { because } from './because.js';
import { identityError } from './errors.js';
import { type IdentityConfig, publicSignIn } from './identity-config.js';
import { createKeySet, type KeySet } from './key-set.js';
import { type Claims, verifyJwt } from './verify-jwt.js';

export interface CheckedAssertion {
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** Authentication contexts that its sign-in has satisfied. */
  readonly contexts: readonly string[];
}

export interface SsoRules {
  readonly config: IdentityConfig;
  readonly keys: KeySet;
  readonly clock: Clock;
}

/** The keys with which Entra signs the tokens of our tenant. */
export function createSsoKeys(
  config: IdentityConfig,
  ports: { readonly clock: Clock; readonly log: Log; readonly fetch?: typeof fetch },
): KeySet {
  const metadataUrl = `${config.signInUrl}/${config.tenantId}/v2.0/.well-known/openid-configuration`;
  return createKeySet({ ...ports, metadataUrl, trustedOrigins: [publicSignIn] });
}

/** A token for the bot, from Teams or out of its own sign-in window, is worth something only for the person whose click brought it. */
export async function checkSsoToken(
  actor: Actor,
  assertion: string,
  { config, keys, clock }: SsoRules,
): Promise<CheckedAssertion> {
  const issuers = issuersOf(config);
  const verdict = await verifyJwt(assertion, {
    keys,
    clock,
    issuers: [...issuers.v2, issuers.v1],
    audiences: [config.appId, config.ssoResource],
  });
  if (verdict.kind === 'refused') throw refused(verdict.reason);
  const { claims, expiresAt } = verdict;
  if (claims.iss === issuers.v1 && claims.aud !== config.ssoResource)
    throw refused('v1 token for the bare app');
  const problem = problemFor(actor, claims);
  if (problem !== undefined) throw refused(problem);
  const issued = z.number().safeParse(claims.iat);
  const contexts = contextsShape.parse(claims.acrs);
  return { expiresAt, issuedAt: new Date((issued.data ?? 0) * 1000), contexts };
}

function issuersOf({ tenantId, signInUrl }: IdentityConfig): {
  readonly v1: string;
  readonly v2: readonly string[];
} {
  const tenant = tenantId.toLowerCase();
  // Only a sovereign cloud names itself as issuer; a service on this machine signs under the real name.
  const hosts = new Set([publicSignIn, ...(signInUrl.startsWith('https:') ? [signInUrl] : [])]);
  return { v1: `https://sts.windows.net/${tenant}/`, v2: [...hosts].map((host) => `${host}/${tenant}/v2.0`) };
}

const contextsShape = z.array(z.string()).catch([]);
const personShape = z.object({ tid: z.string(), oid: z.string(), scp: z.string() });

function problemFor(actor: Actor, claims: Claims): string | undefined {
  const person = personShape.safeParse(claims);
  if (!person.success || claims.idtyp === 'app') return 'not a token of a person';
  const { tid, oid, scp } = person.data;
  if (tid.toLowerCase() !== actor.tenantId) return 'another tenant';
  if (oid.toLowerCase() !== actor.objectId) return 'another person';
  return scp.split(' ').includes('access_as_user') ? undefined : 'scope access_as_user is missing';
}

function refused(reason: string) {
  return identityError('identity.token-refused', because(reason));
}
