import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { GraphAs, GraphReader } from '../../src/graph/graph.js';
import { createPass, deletePass, passesOf, tapPolicy } from '../../src/graph/recovery/recovery.js';
import { failureOf, type Odd, type OddGraph, refused, startOddGraph } from './odd-graph.js';
import { actorOf, idOf } from './practice-graph.js';

const leilani = idOf('finance');
const code = 'Qp4wTz9m';
const path = `/graph/v1.0/users/${leilani}/authentication/temporaryAccessPassMethods`;
const made = {
  '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethod',
  id: 'c5dbed6b-9f5e-4a3d-a0a4-5a7f5f5b3a11',
  createdDateTime: '2026-11-21T09:00:00Z',
  startDateTime: '2026-11-21T09:00:00Z',
  temporaryAccessPass: code,
  lifetimeInMinutes: 60,
  isUsableOnce: true,
  isUsable: true,
  methodUsabilityReason: 'EnabledByPolicy',
};

describe('a Temporary Access Pass', () => {
  let odd: OddGraph;
  let graph: GraphAs;
  let reader: GraphReader;
  let heard: string[];

  beforeEach(async () => {
    odd = await startOddGraph();
    graph = odd.graph.as(actorOf('helpdesk'), ['UserAuthMethod-TAP.ReadWrite.All'], 'reference');
    reader = odd.graph.reader('reference');
    heard = [];
  });
  afterEach(() => odd.close());

  const create = () =>
    createPass(graph, { personId: leilani, minutes: 60, once: true, hear: (said) => heard.push(said) });
  const silent = (thing: unknown): void => {
    const shown = inspect(thing, { depth: 10, showHidden: true }) + odd.log.heard();
    assert.ok(!shown.includes(code), shown);
  };

  it('is made by one POST, and its code goes to one ear only', async () => {
    odd.onRequest(() => ({ status: 201, body: made }));
    const pass = await create();
    assert.deepEqual(pass, {
      id: made.id,
      createdAt: '2026-11-21T09:00:00Z',
      startsAt: '2026-11-21T09:00:00Z',
      minutes: 60,
      once: true,
      usable: true,
      why: 'EnabledByPolicy',
    });
    assert.deepEqual(heard, [code]);
    silent(pass);
    assert.deepEqual(
      odd.seen.map(({ method, path: called, body }) => [method, called, body]),
      [['POST', path, { lifetimeInMinutes: 60, isUsableOnce: true }]],
    );
  });

  const lost: readonly (readonly [what: string, odd: Odd])[] = [
    ['the connection breaks', { drop: 'before' }],
    ['nobody answers', { hang: true }],
    ['something behind Entra breaks', { status: 500, body: made }],
    ['the front door gives up', { status: 504, body: 'gateway' }],
    ['Entra names a time to come back', { status: 503, headers: { 'retry-after': '1' } }],
    ['the answer breaks off', { status: 201, body: made, drop: 'midway' }],
    ['the answer is empty', { status: 204 }],
    ['the answer is no JSON', { status: 201, body: `<p>${code}</p>` }],
    ['there is no code in it', { status: 201, body: { ...made, temporaryAccessPass: null } }],
    ['there is no id in it', { status: 201, body: { ...made, id: null } }],
    ['there is a list in it', { status: 201, body: { value: [made] } }],
  ];
  for (const [what, answer] of lost) {
    it(`is not asked for again, and may be there or not, when ${what}`, async () => {
      odd.onRequest(() => answer);
      const error = await failureOf(create(), odd.log);
      assert.equal(error.code, 'graph.fate-unknown');
      assert.equal(odd.seen.length, 1);
      assert.deepEqual(heard, []);
      silent(error);
    });
  }

  it('is asked for again where Entra was only busy, or the token was too old', async () => {
    odd.onRequest(
      (_seen, n) =>
        [refused(429, 'TooManyRequests'), refused(401, 'Old')][n - 1] ?? { status: 201, body: made },
    );
    await create();
    assert.deepEqual([odd.seen.length, heard], [3, [code]]);
  });

  const refusals: readonly (readonly [status: number, code: string, ours: string])[] = [
    [400, 'badRequest', 'graph.bad-request'],
    [403, 'accessDenied', 'graph.forbidden'],
    [404, 'Request_ResourceNotFound', 'graph.not-found'],
  ];
  for (const [status, entra, ours] of refusals) {
    it(`is refused with ${ours}, without the words of Entra`, async () => {
      odd.onRequest(() => refused(status, entra, `The valid range between 60 and 480. ${code}`));
      const error = await failureOf(create(), odd.log);
      assert.equal(error.code, ours);
      assert.ok(!inspect(error, { depth: 10 }).includes('valid range'));
      silent(error);
      assert.deepEqual([odd.seen.length, heard], [1, []]);
    });
  }

  it('has no code in a list, whatever the list holds', async () => {
    const old = { id: 'old', lifetimeInMinutes: null, isUsable: null, methodUsabilityReason: 'Expired' };
    odd.onRequest(() => ({ body: { value: [made, old] } }));
    const found = await passesOf(reader, leilani);
    assert.deepEqual(found[1], {
      ...{ id: 'old', createdAt: '', startsAt: '', minutes: 0, once: false, usable: false },
      why: 'Expired',
    });
    assert.deepEqual([odd.seen[0]?.method, odd.seen[0]?.path], ['GET', path]);
    silent(found);
  });

  it('is deleted by its id, and is gone when the answer to that is lost', async () => {
    odd.onRequest((_seen, n) => (n === 1 ? { drop: 'before' } : refused(404, 'ResourceNotFound')));
    await deletePass(graph, { personId: leilani, passId: 'a/b', landed: () => Promise.resolve(false) });
    assert.deepEqual(
      odd.seen.map(({ method, path: called }) => [method, called]),
      [
        ['DELETE', `${path}/a%2Fb`],
        ['DELETE', `${path}/a%2Fb`],
      ],
    );
    odd.onRequest(() => refused(404, 'ResourceNotFound'));
    const again = deletePass(graph, { personId: leilani, passId: 'x', landed: () => Promise.resolve(false) });
    assert.equal((await failureOf(again, odd.log)).code, 'graph.not-found');
  });
});

describe('the policy for passes', () => {
  let odd: OddGraph;
  beforeEach(async () => {
    odd = await startOddGraph();
  });
  afterEach(() => odd.close());

  const policy = {
    '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration',
    ...{ id: 'TemporaryAccessPass', state: 'enabled', defaultLength: 8, isUsableOnce: false },
    ...{ defaultLifetimeInMinutes: 60, minimumLifetimeInMinutes: 60, maximumLifetimeInMinutes: 480 },
    includeTargets: [{ targetType: 'group', id: 'all_users', isRegistrationRequired: false }],
    excludeTargets: [{ targetType: 'group', id: 'AA000000-0000-4000-8000-00000000000A' }],
  };
  const readAs = (body: unknown) => {
    odd.onRequest(() => ({ body }));
    return tapPolicy(odd.graph.reader('reference'));
  };

  it('is read as it is written', async () => {
    assert.deepEqual(await readAs(policy), {
      ...{ enabled: true, defaultMinutes: 60, leastMinutes: 60, longestMinutes: 480, oneTimeOnly: false },
      includes: ['all_users'],
      excludes: ['aa000000-0000-4000-8000-00000000000a'],
    });
    const called = '/graph/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations';
    assert.equal(odd.seen[0]?.path, `${called}/TemporaryAccessPass`);
  });

  it('is off, and for nobody, where it does not say otherwise', async () => {
    const { state: _, includeTargets: __, ...rest } = policy;
    const read = await readAs({ ...rest, excludeTargets: null, isUsableOnce: 'yes' });
    assert.deepEqual([read.enabled, read.includes, read.excludes, read.oneTimeOnly], [false, [], [], false]);
  });

  it('is none without its times', async () => {
    for (const maximumLifetimeInMinutes of [null, '480', 0, 1.5]) {
      const error = await failureOf(readAs({ ...policy, maximumLifetimeInMinutes }), odd.log);
      assert.equal(error.code, 'graph.broken-answer');
    }
  });
});
