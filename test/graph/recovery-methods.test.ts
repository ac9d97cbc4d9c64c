import assert from 'node:assert/strict';
import type { GraphAs } from '../../src/graph/graph.js';
import { masked } from '../../src/graph/recovery/masked.js';
import {
  type MethodKind,
  methodsOf,
  removeMethod,
  revokeSessions,
} from '../../src/graph/recovery/recovery.js';
import { asSignInMethod } from '../../src/graph/recovery/sign-in-method.js';
import { failureOf, type OddGraph, refused, startOddGraph } from './odd-graph.js';
import { actorOf, idOf } from './practice-graph.js';

const leilani = idOf('finance');
const base = `/graph/v1.0/users/${leilani}`;
const never = () => Promise.resolve(false);
const typed = (type: string, more: object = {}) => ({
  '@odata.type': `#microsoft.graph.${type}AuthenticationMethod`,
  id: 'Method-1',
  ...more,
});

/** What Entra calls each kind, and where it removes one; empty: it does not. */
const kinds: readonly (readonly [type: string, kind: MethodKind, collection: string])[] = [
  ['password', 'password', ''],
  ['fido2', 'passkey', 'fido2Methods'],
  ['microsoftAuthenticator', 'authenticator', 'microsoftAuthenticatorMethods'],
  ['windowsHelloForBusiness', 'hello', 'windowsHelloForBusinessMethods'],
  ['softwareOath', 'oath', 'softwareOathMethods'],
  ['phone', 'phone', 'phoneMethods'],
  ['email', 'email', 'emailMethods'],
  ['platformCredential', 'platform', 'platformCredentialMethods'],
  ['temporaryAccessPass', 'pass', 'temporaryAccessPassMethods'],
  ['external', 'external', 'externalAuthenticationMethods'],
  ['qrCodePin', 'qr', ''],
  ['telepathy', 'other', ''],
];

describe('a way to sign in', () => {
  for (const [type, kind, collection] of kinds) {
    it(`is known by what Entra calls it: ${type}`, () => {
      const read = asSignInMethod(typed(type));
      assert.deepEqual([read.kind, read.removable], [kind, collection !== '']);
      assert.equal(asSignInMethod(typed(type.toUpperCase())).kind, kind, 'in capitals too');
    });
  }

  it('shows of a passkey which one it is', () => {
    const passkey = {
      ...{ displayName: 'Key ring', createdDateTime: '2026-01-02T03:04:05Z', model: 'YubiKey 5C NFC' },
      ...{ aaGuid: 'A25342C0-3CDC-4414-8E46-F4807FCA511C', passkeyType: 'DeviceBound' },
      ...{ attestationLevel: 'attested', attestationCertificates: ['x'] },
    };
    assert.deepEqual(asSignInMethod(typed('fido2', passkey)), {
      id: 'Method-1',
      kind: 'passkey',
      name: 'Key ring',
      createdAt: '2026-01-02T03:04:05Z',
      aaguid: 'a25342c0-3cdc-4414-8e46-f4807fca511c',
      model: 'YubiKey 5C NFC',
      passkeyType: 'deviceBound',
      phoneType: '',
      removable: true,
    });
  });

  it('is read from before passkeys had a type, and from a time when they have another', () => {
    const of = (passkeyType: unknown) => asSignInMethod(typed('fido2', { passkeyType })).passkeyType;
    assert.deepEqual(
      [of('synced'), of(undefined), of(null), of('floating'), of(7)],
      ['synced', '', '', '', ''],
    );
    assert.equal(asSignInMethod(typed('phone', { passkeyType: 'synced' })).passkeyType, '');
  });

  it('keeps of numbers and addresses what their owner knows them by', () => {
    const of = (type: string, more: object) => asSignInMethod(typed(type, more)).name;
    assert.equal(of('phone', { phoneNumber: '+351 915550105', phoneType: 'mobile' }), '+351 •••05');
    assert.equal(of('email', { emailAddress: 'leilani@post.example' }), 'l•••@post.example');
    assert.equal(of('microsoftAuthenticator', { displayName: "Leilani's iPhone 15" }), "Leilani's iPhone 15");
    assert.equal(of('softwareOath', { secretKey: 'JBSWY3DPEHPK3PXP' }), '');
    const shown = JSON.stringify(asSignInMethod(typed('softwareOath', { secretKey: 'JBSWY3DPEHPK3PXP' })));
    assert.ok(!shown.includes('JBSWY3'));
  });

  it('is none without an id', () => {
    for (const odd of [{}, null, 'x', { id: '' }, { id: 7 }]) assert.throws(() => asSignInMethod(odd), /.*/);
  });

  it('is masked whatever was typed', () => {
    const cases = [
      ['', ''],
      ['  ', ''],
      ['+43 5550123', '+43 •••23'],
      ['0043 5550123', '•••23'],
      ['12', '•••'],
      ['123456', '•••'],
      ['+1 5', '+1 •••'],
      ['@example', '•••le'],
      ['ä@b@example.org', 'ä•••@example.org'],
    ];
    for (const [value = '', expected] of cases) assert.equal(masked(value), expected, value);
  });
});

describe('ways to sign in, at Graph', () => {
  let odd: OddGraph;
  let graph: GraphAs;
  beforeEach(async () => {
    odd = await startOddGraph();
    graph = odd.graph.as(actorOf('helpdesk'), ['UserAuthenticationMethod.ReadWrite.All'], 'reference');
  });
  afterEach(() => odd.close());
  const called = () => odd.seen.map(({ method, path }) => `${method} ${path}`);

  it('are read on all pages, with kinds that nobody knows yet', async () => {
    const next = `${odd.url}/v1.0/users/x/authentication/methods?$skiptoken=2`;
    odd.onRequest((_seen, n) =>
      n === 1
        ? { body: { value: [typed('password')], '@odata.nextLink': next } }
        : { body: { value: [{ id: 'bare' }, typed('phone')] } },
    );
    const found = await methodsOf(graph, leilani);
    assert.deepEqual(
      found.map(({ kind }) => kind),
      ['password', 'other', 'phone'],
    );
    assert.equal(called()[0], `GET ${base}/authentication/methods`);
  });

  for (const [type, kind, collection] of kinds) {
    if (collection === '') {
      it(`are not removed where Entra has no way to: ${type}`, async () => {
        const work = removeMethod(graph, { personId: leilani, method: { id: 'x', kind }, landed: never });
        await assert.rejects(work, TypeError);
        assert.deepEqual(odd.seen, []);
      });
      continue;
    }
    it(`are removed where their kind is kept: ${type}`, async () => {
      odd.onRequest(() => ({ status: 204 }));
      await removeMethod(graph, { personId: leilani, method: { id: 'a/../b=', kind }, landed: never });
      assert.deepEqual(called(), [`DELETE ${base}/authentication/${collection}/a%2F..%2Fb%3D`]);
    });
  }

  it('are removed once, whatever becomes of the answer', async () => {
    const method = { id: 'x', kind: 'passkey' } as const;
    const remove = () => removeMethod(graph, { personId: leilani, method, landed: never });
    odd.onRequest((_seen, n) => (n === 1 ? { drop: 'before' } : refused(404, 'ResourceNotFound')));
    await remove();
    odd.onRequest(() => refused(400, 'badRequest', 'The default method.'));
    assert.equal((await failureOf(remove(), odd.log)).code, 'graph.bad-request');
    odd.onRequest(() => refused(404, 'ResourceNotFound'));
    assert.equal((await failureOf(remove(), odd.log)).code, 'graph.not-found');
  });

  it('are of no use to those who have them, once the sessions are revoked', async () => {
    odd.onRequest(() => ({ body: { value: true } }));
    await revokeSessions(graph, leilani);
    await revokeSessions(graph, 'me');
    assert.deepEqual(called(), [
      `POST ${base}/revokeSignInSessions`,
      'POST /graph/v1.0/me/revokeSignInSessions',
    ]);
    assert.deepEqual(
      odd.seen.map(({ body }) => body),
      [{}, {}],
    );
  });

  it('may have their sessions revoked twice: a lost answer is no reason to leave it', async () => {
    odd.onRequest((_seen, n) => (n < 3 ? { drop: 'before' } : { body: { value: true } }));
    await revokeSessions(graph, leilani);
    assert.equal(odd.seen.length, 3);
    odd.onRequest(() => ({ status: 204 }));
    await revokeSessions(graph, leilani);
    odd.onRequest(() => ({ drop: 'before' }));
    assert.equal((await failureOf(revokeSessions(graph, leilani), odd.log)).code, 'graph.fate-unknown');
    odd.onRequest(() => ({ body: { value: false } }));
    assert.equal((await failureOf(revokeSessions(graph, leilani), odd.log)).code, 'graph.bad-request');
    odd.onRequest(() => refused(403, 'Authorization_RequestDenied'));
    assert.equal((await failureOf(revokeSessions(graph, leilani), odd.log)).code, 'graph.forbidden');
  });
});
