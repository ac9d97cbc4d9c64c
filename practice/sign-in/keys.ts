import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { newId } from '../world/ids.js';

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Two signers: a token that Teams would make must never pass for one of the tenant, nor the other way round. */
export interface SigningKeys {
  readonly tenant: SigningKey;
  readonly channel: SigningKey;
}

export async function makeSigningKeys(): Promise<SigningKeys> {
  const [tenant, channel] = await Promise.all([makeSigningKey(), makeSigningKey()]);
  return { tenant, channel };
}

/** Lives as long as the process and is never written to disk: a restart makes every earlier token worthless. */
async function makeSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { kid: newId(), privateKey, publicKey };
}

export function jwks(key: SigningKey, extra: Readonly<Record<string, unknown>> = {}): unknown {
  const { n, e } = key.publicKey.export({ format: 'jwk' });
  return { keys: [{ kty: 'RSA', use: 'sig', alg: 'RS256', kid: key.kid, x5t: key.kid, n, e, ...extra }] };
}
