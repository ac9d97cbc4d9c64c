import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import jwt from 'jsonwebtoken';

export const appId = '5d0c3c1e-8a54-4a35-9c1e-0f6f3b7a2d10';
export const tenantId = '9b2f6f3a-0d57-4f0a-8a6e-6d1f0c2b7e11';
export const otherTenantId = 'c1d2e3f4-1111-4222-8333-444455556666';
export const person = 'aa11bb22-cc33-4d44-8e55-ff6677889900';
export const channelIssuer = 'https://api.botframework.com';

export interface ChannelKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly endorsements: readonly string[];
}

export function makeKey(endorsements: readonly string[] = ['msteams']): ChannelKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { kid: randomUUID(), privateKey, publicKey, endorsements };
}

/** What login.botframework.com is to a bot: a metadata document and the keys it names. */
export interface Metadata {
  readonly url: string;
  publish(...keys: readonly ChannelKey[]): void;
  /** From now on it answers 503, until told otherwise. */
  outage(on: boolean): void;
  close(): Promise<void>;
}

export async function startMetadata(...first: readonly ChannelKey[]): Promise<Metadata> {
  let keys = first;
  let down = false;
  let url = '';
  const server = createServer((req, res) => {
    if (down) {
      res.writeHead(503);
      res.end();
      return;
    }
    const jwks = keys.map(({ kid, publicKey, endorsements }) => {
      const { n, e } = publicKey.export({ format: 'jwk' });
      return { kty: 'RSA', use: 'sig', kid, x5t: kid, n, e, endorsements };
    });
    const body = req.url?.endsWith('/keys')
      ? { keys: jwks }
      : { issuer: channelIssuer, jwks_uri: `${url}/keys`, id_token_signing_alg_values_supported: ['RS256'] };
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    url: `${url}/openid`,
    publish: (...next) => {
      keys = next;
    },
    outage: (on) => {
      down = on;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface TokenChanges {
  readonly issuer?: string;
  readonly audience?: string | string[];
  readonly serviceUrl?: string | undefined;
  /** Seconds from now. */
  readonly expiresIn?: number;
  readonly notBefore?: number;
  readonly kid?: string;
}

/** A token as Teams would put it on a call, with one thing wrong if wanted. */
export function channelToken(key: ChannelKey, serviceUrl: string, changes: TokenChanges = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const claimed = 'serviceUrl' in changes ? changes.serviceUrl : serviceUrl;
  const claims = {
    iss: changes.issuer ?? channelIssuer,
    aud: changes.audience ?? appId,
    nbf: now + (changes.notBefore ?? -60),
    exp: now + (changes.expiresIn ?? 3600),
    ...(claimed === undefined ? {} : { serviceurl: claimed }),
  };
  return jwt.sign(claims, key.privateKey, { algorithm: 'RS256', keyid: changes.kid ?? key.kid });
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** Signed with nothing at all. */
export function unsignedToken(key: ChannelKey, serviceUrl: string): string {
  const [, claims = ''] = channelToken(key, serviceUrl).split('.');
  return `${encode({ alg: 'none', typ: 'JWT', kid: key.kid })}.${claims}.`;
}

/** Signed with the public key, as if it were a shared secret. */
export function confusedToken(key: ChannelKey, serviceUrl: string): string {
  const secret = key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const claims = { iss: channelIssuer, aud: appId, serviceurl: serviceUrl };
  const header = { alg: 'HS256', typ: 'JWT', kid: key.kid };
  return jwt.sign(claims, secret, {
    algorithm: 'HS256',
    expiresIn: 3600,
    header: { ...header, alg: 'HS256' },
    allowInsecureKeySizes: true,
  });
}
