import assert from 'node:assert/strict';
import jwt from 'jsonwebtoken';
import { minute } from '../../src/base/clock.js';
import { createKeySet, type KeySet } from '../../src/identity/key-set.js';
import { verifyJwt } from '../../src/identity/verify-jwt.js';
import { type Issuer, startIssuer } from './issuer.js';
import { heardLog, type MovableClock, movableClock } from './ports.js';

const good = { iss: 'https://issuer.example', aud: 'the-bot', sub: 'somebody' };

describe('a signed token', () => {
  let issuer: Issuer;
  let clock: MovableClock;
  let keys: KeySet;

  before(async () => {
    issuer = await startIssuer();
  });
  beforeEach(() => {
    clock = movableClock();
    keys = createKeySet({ metadataUrl: issuer.metadataUrl, clock, log: heardLog() });
  });
  after(() => issuer.close());

  const verdict = (token: string) =>
    verifyJwt(token, { keys, clock, issuers: [good.iss], audiences: [good.aud] });
  const reason = async (token: string): Promise<string> => {
    const result = await verdict(token);
    return result.kind === 'refused' ? result.reason : 'accepted';
  };

  it('is accepted with its claims, its end and the endorsements of its key', async () => {
    const result = await verdict(issuer.sign(good));
    assert.equal(result.kind, 'ok');
    assert.ok(result.kind === 'ok' && result.claims.sub === 'somebody');
    assert.deepEqual(result.endorsements, ['msteams']);
    assert.ok(result.expiresAt > clock.now());
  });

  const forged: readonly [string, () => string, string][] = [
    ['no signature', () => jwt.sign(good, '', { algorithm: 'none' }), 'not a JWT'],
    [
      'alg none and something in place of a signature',
      () => `${jwt.sign(good, '', { algorithm: 'none' })}AAAA`,
      'header is not RS256 with a kid',
    ],
    [
      'the public key used as a shared secret',
      () => jwt.sign(good, issuer.publicPem, { algorithm: 'HS256', keyid: issuer.kid }),
      'header is not RS256 with a kid',
    ],
    [
      'another RSA algorithm',
      () => issuer.sign(good, { algorithm: 'RS512' }),
      'header is not RS256 with a kid',
    ],
    ['an unknown key', () => issuer.sign(good, { keyid: 'nobody' }), 'unknown key'],
    [
      'a critical extension',
      () => issuer.sign(good, { header: { alg: 'RS256', crit: ['b64'] } }),
      'header is not RS256 with a kid',
    ],
    ['changed claims', () => swapped(issuer.sign(good), { ...good, sub: 'admin' }), 'bad signature'],
    ['another issuer', () => issuer.sign({ ...good, iss: 'https://evil.example' }), 'wrong issuer'],
    ['another audience', () => issuer.sign({ ...good, aud: 'another-bot' }), 'wrong audience'],
    [
      'several audiences',
      () => issuer.sign({ ...good, aud: ['the-bot', 'another'] }),
      'iss, aud or exp is missing or not plain',
    ],
    ['a beginning in the future', () => issuer.sign(good, { notBefore: 600 }), 'not valid yet'],
    ['the size of a book', () => issuer.sign({ ...good, book: 'x'.repeat(20_000) }), 'not a JWT'],
    ['nothing that looks like a token', () => 'Bearer of news', 'not a JWT'],
  ];
  for (const [what, token, why] of forged) {
    it(`is refused with ${what}`, async () => assert.equal(await reason(token()), why));
  }

  it('is refused without an end', async () => {
    assert.equal(await reason(issuer.signForEver(good)), 'iss, aud or exp is missing or not plain');
  });

  it('is accepted a little after its end, because clocks differ, and no longer', async () => {
    const token = issuer.sign(good, { expiresIn: 60 });
    clock.advance(5 * minute);
    assert.equal(await reason(token), 'accepted');
    clock.advance(2 * minute);
    assert.equal(await reason(token), 'expired');
  });

  it('is neither good nor bad while the keys of its issuer cannot be had', async () => {
    const cold = createKeySet({ metadataUrl: 'http://127.0.0.1:9/metadata', clock, log: heardLog() });
    const rules = { keys: cold, clock, issuers: [good.iss], audiences: [good.aud] };
    await assert.rejects(verifyJwt(issuer.sign(good), rules), { code: 'identity.unavailable' });
  });
});

function swapped(token: string, claims: object): string {
  const [header, , signature] = token.split('.');
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
}
