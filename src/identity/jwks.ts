import { createPublicKey } from 'node:crypto';
import { z } from 'zod/v4';
import { isLoopbackHost } from '../base/config-reader.js';
import type { SigningKey } from './key-set.js';

const metadataShape = z.object({ jwks_uri: z.string() });
const setShape = z.object({ keys: z.array(z.unknown()) });
const keyShape = z.object({
  kty: z.literal('RSA'),
  use: z.literal('sig').optional(),
  kid: z.string().min(1),
  n: z.string(),
  e: z.string(),
  endorsements: z.array(z.string()).optional(),
});

const leastBits = 2048;

/** Whoever names the keys is the issuer, so the metadata may not send us anywhere it likes. */
export function jwksUri(metadata: unknown, from: string, trustedOrigins: readonly string[]): string {
  const uri = new URL(metadataShape.parse(metadata).jwks_uri);
  const { origin, hostname } = new URL(from);
  // Practice only: behind a proxy on this machine the keys have another port. Production refuses such addresses.
  const sameMachine = isLoopbackHost(hostname) && uri.hostname === hostname;
  if (uri.origin !== origin && !sameMachine && !trustedOrigins.includes(uri.origin))
    throw new Error(`Keys at ${uri.origin} are not trusted`);
  return uri.href;
}

/** Keys we cannot use are skipped; a set with no usable key is an error, so that it never replaces a good one. */
export function signingKeys(set: unknown): ReadonlyMap<string, SigningKey> {
  const keys = new Map(setShape.parse(set).keys.flatMap(signingKey));
  if (keys.size === 0) throw new Error('The key set holds no usable key');
  return keys;
}

function signingKey(item: unknown): [string, SigningKey][] {
  const parsed = keyShape.safeParse(item);
  if (!parsed.success) return [];
  const { kty, n, e, kid, endorsements } = parsed.data;
  try {
    const key = createPublicKey({ key: { kty, n, e }, format: 'jwk' });
    if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < leastBits) return [];
    return [[kid, { key, endorsements: endorsements ?? [] }]];
  } catch {
    return [];
  }
}
