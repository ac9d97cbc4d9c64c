import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';

interface Pair {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** An issuer of tokens with its metadata and keys on this machine, which can fail and change its keys. */
export interface Issuer {
  readonly metadataUrl: string;
  readonly url: string;
  readonly kid: string;
  readonly publicPem: string;
  sign(claims: object, options?: jwt.SignOptions): string;
  /** The same without an end. */
  signForEver(claims: object): string;
  /** From now on tokens are signed with another key, and only that one is published. */
  rotate(): void;
  answerWith(behaviour: 'fine' | 'down' | 'huge' | 'silent' | 'foreign keys' | 'short key'): void;
  /** How often the metadata was asked for. */
  asked(): number;
  close(): Promise<void>;
}

export async function startIssuer(): Promise<Issuer> {
  let pair = newPair();
  let behaviour = 'fine';
  let asked = 0;
  const held: ServerResponse[] = [];
  const server = createServer((req, res) => {
    const isMetadata = req.url === '/metadata';
    asked += isMetadata ? 1 : 0;
    if (behaviour === 'silent') return void held.push(res);
    if (behaviour === 'down') {
      res.writeHead(503);
      return void res.end();
    }
    if (behaviour === 'huge') return void res.end(JSON.stringify({ jwks_uri: 'x'.repeat(600_000) }));
    const elsewhere = behaviour === 'foreign keys' ? 'https://keys.example' : `http://${req.headers.host}`;
    const key = behaviour === 'short key' ? newPair(1024) : pair;
    res.end(JSON.stringify(isMetadata ? { jwks_uri: `${elsewhere}/keys` } : keysOf(key)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    metadataUrl: `${url}/metadata`,
    get kid() {
      return pair.kid;
    },
    get publicPem() {
      return pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    },
    sign: (claims, options = {}) =>
      jwt.sign(claims, pair.privateKey, { algorithm: 'RS256', keyid: pair.kid, expiresIn: 3600, ...options }),
    signForEver: (claims) => jwt.sign(claims, pair.privateKey, { algorithm: 'RS256', keyid: pair.kid }),
    rotate: () => {
      pair = newPair();
    },
    answerWith: (next) => {
      behaviour = next;
    },
    asked: () => asked,
    close: () =>
      new Promise((resolve) => {
        for (const res of held) res.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function newPair(modulusLength = 2048): Pair {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength });
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return { privateKey, publicKey, kid: createHash('sha256').update(der).digest('base64url').slice(0, 16) };
}

function keysOf({ kid, publicKey }: Pair): object {
  const { n, e } = publicKey.export({ format: 'jwk' });
  return { keys: [{ kty: 'RSA', use: 'sig', kid, n, e, endorsements: ['msteams'] }] };
}
