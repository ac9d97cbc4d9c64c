import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import jwt from 'jsonwebtoken';
import type { Clock } from '../base/clock.js';
import { because, nameOf } from './because.js';
import { assertionSource } from './credentials.js';
import { identityError } from './errors.js';
import type { IdentityConfig } from './identity-config.js';

/** The fields by which a request to the token endpoint proves that it is the bot that asks. */
export type ClientProof = Readonly<Record<string, string>>;

const bearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const goodForSeconds = 300;

/** For the one request that @azure/identity makes with a secret only. Nothing is kept: files and tokens are renewed. */
export async function clientProof(
  config: IdentityConfig,
  audience: string,
  clock: Clock,
): Promise<ClientProof> {
  try {
    const { credential } = config;
    if (credential.kind === 'secret') return { client_secret: credential.secret };
    const assertion =
      credential.kind === 'certificate'
        ? signedWith(await readFile(credential.file), { appId: config.appId, audience, clock })
        : await assertionSource(config)();
    return { client_assertion_type: bearer, client_assertion: assertion };
  } catch (error) {
    throw identityError('identity.misconfigured', because(`no proof of the bot: ${nameOf(error)}`));
  }
}

interface Signing {
  readonly appId: string;
  readonly audience: string;
  readonly clock: Clock;
}

/** Entra finds the certificate by the thumbprint in the header. */
function signedWith(pem: Buffer, { appId, audience, clock }: Signing): string {
  const thumbprint = new X509Certificate(pem).fingerprint256.replaceAll(':', '');
  const now = Math.floor(clock.now().getTime() / 1000);
  const claims = { iss: appId, sub: appId, aud: audience, jti: randomUUID(), nbf: now };
  return jwt.sign({ ...claims, iat: now, exp: now + goodForSeconds }, createPrivateKey(pem), {
    algorithm: 'PS256',
    header: { alg: 'PS256', typ: 'JWT', 'x5t#S256': Buffer.from(thumbprint, 'hex').toString('base64url') },
  });
}
