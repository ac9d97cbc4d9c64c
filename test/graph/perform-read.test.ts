import assert from 'node:assert/strict';
import type { GraphAs } from '../../src/graph/graph.js';
import { person } from '../identity/people.js';
import { appToken, failureOf, type OddGraph, refused, startOddGraph, userToken } from './odd-graph.js';

describe('a call to Graph', () => {
  const reference = 'c0ffee00-0000-4000-8000-000000000001';
  let odd: OddGraph;
  let graph: GraphAs;

  beforeEach(async () => {
    odd = await startOddGraph();
    graph = odd.graph.as(person(1), ['User.Read'], reference);
  });
  afterEach(() => odd.close());

  const failure = (work: Promise<unknown>) => failureOf(work, odd.log);
  const busy = { status: 429, headers: { 'retry-after': '1' }, body: {} };

  it("carries the person's token and the reference under which the help desk finds it in Entra's log", async () => {
    odd.onRequest(() => ({ body: { id: '1' } }));
    assert.deepEqual(await graph.get('/me', { query: { $select: 'id,displayName' } }), { id: '1' });
    const [seen] = odd.seen;
    assert.equal(seen?.path, '/graph/v1.0/me?$select=id,displayName');
    assert.equal(seen?.headers.authorization, `Bearer ${userToken}`);
    assert.equal(seen?.headers['client-request-id'], reference);
  });

  it('keeps quotes, spaces and ampersands of a filter together', async () => {
    await graph.get('/users', { query: { $filter: "displayName eq 'Tom & Jerry (x=1)'", $top: '5' } });
    const query = new URL(odd.seen[0]?.path ?? '', odd.url).searchParams;
    assert.equal(query.get('$filter'), "displayName eq 'Tom & Jerry (x=1)'");
    assert.equal(query.get('$top'), '5');
  });

  it('never leaves its path, whatever an id is made of', async () => {
    await assert.rejects(graph.get('/users/../groups'), TypeError);
    await assert.rejects(graph.get('https://evil.example/users'), TypeError);
    assert.equal(odd.seen.length, 0);
  });

  describe('that only reads', () => {
    it('is throttled twice and then answered: three requests, with the pauses Graph asked for', async () => {
      odd.onRequest((_seen, n) => (n < 3 ? busy : { body: { id: 'yes' } }));
      assert.deepEqual(await graph.get('/me'), { id: 'yes' });
      assert.equal(odd.seen.length, 3);
      assert.deepEqual(odd.pauses, [1000, 1000]);
    });

    it('waits a while of its own where Graph names none, a little longer each time', async () => {
      odd.onRequest((_seen, n) => (n < 4 ? { status: 503, body: {} } : undefined));
      await graph.get('/me');
      assert.deepEqual(odd.pauses, [300, 600, 1200]);
    });

    it('reads a point in time as well as a number of seconds', async () => {
      const at = new Date(Date.now() + 5000).toUTCString();
      odd.onRequest((_seen, n) =>
        n === 1 ? { status: 429, headers: { 'retry-after': at }, body: {} } : undefined,
      );
      await graph.get('/me');
      assert.ok((odd.pauses[0] ?? 0) > 3000 && (odd.pauses[0] ?? 0) <= 5000);
    });

    it('does not begin to wait for longer than anybody would', async () => {
      odd.onRequest(() => ({ status: 429, headers: { 'retry-after': '120' }, body: {} }));
      assert.equal((await failure(graph.get('/me'))).code, 'graph.throttled');
      assert.equal(odd.seen.length, 1);
    });

    for (const [what, stumble] of [
      ['a bad gateway', { status: 502, body: 'no JSON' }],
      ['a broken connection', { drop: 'before' }],
      ['an answer that breaks off', { drop: 'midway', body: { id: 'y' } }],
      ['silence', { hang: true }],
    ] as const) {
      it(`is tried again after ${what}`, async () => {
        odd.onRequest((_seen, n) => (n === 1 ? stumble : { body: { id: 'yes' } }));
        assert.deepEqual(await graph.get('/me'), { id: 'yes' });
        assert.equal(odd.seen.length, 2);
      });
    }

    it('gives up after four tries', async () => {
      odd.onRequest(() => ({ hang: true }));
      assert.equal((await failure(graph.get('/me'))).code, 'graph.timed-out');
      assert.equal(odd.seen.length, 4);
    });

    it('may be a POST, where Graph calls a question an action', async () => {
      odd.onRequest((_seen, n) => (n === 1 ? { drop: 'before' } : { body: { value: [] } }));
      assert.deepEqual(await graph.post('/x/getRequirements', undefined, { readsOnly: true }), { value: [] });
      assert.equal(odd.seen.length, 2);
    });

    it('is not redirected to another place', async () => {
      odd.onRequest(() => ({ status: 302, headers: { location: 'http://127.0.0.1:9/elsewhere' }, body: '' }));
      assert.equal((await failure(graph.get('/me'))).code, 'graph.broken-answer');
      assert.equal(odd.seen.length, 1);
    });
  });

  describe('by the bot itself', () => {
    it('can read, and has nothing with which it could write', async () => {
      const reader = odd.graph.reader(reference);
      odd.onRequest(() => ({ body: { id: '1' } }));
      assert.deepEqual(await reader.get('/me'), { id: '1' });
      assert.equal(odd.seen[0]?.headers.authorization, `Bearer ${appToken}`);
      assert.deepEqual(Object.keys(reader).sort(), ['get', 'getMany', 'pages']);
      assert.equal(Object.getPrototypeOf(reader), Object.prototype);
    });

    it('asks nobody to sign in when it is turned away', async () => {
      odd.onRequest(() => refused(401, 'InvalidAuthenticationToken'));
      assert.equal((await failure(odd.graph.reader(reference).get('/users'))).code, 'identity.misconfigured');
    });
  });
});
