import assert from 'node:assert/strict';
import type { GraphAs } from '../../src/graph/graph.js';
import { person } from '../identity/people.js';
import { failureOf, type OddGraph, refused, startOddGraph, userToken } from './odd-graph.js';

describe('a write to Graph', () => {
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

  describe('that creates something', () => {
    const lost = { drop: 'before' } as const;

    it('is sent once when its answer is lost, and says that its fate is unknown', async () => {
      odd.onRequest(() => lost);
      assert.equal((await failure(graph.post('/requests', {}))).code, 'graph.fate-unknown');
      assert.equal(odd.seen.length, 1);
    });

    for (const status of [500, 502, 503, 504]) {
      it(`is sent once when the answer is ${status}, because something behind the door may have done it`, async () => {
        odd.onRequest(() => ({ status, headers: { 'retry-after': '1' }, body: {} }));
        assert.equal((await failure(graph.post('/requests', {}))).code, 'graph.fate-unknown');
        assert.equal(odd.seen.length, 1);
      });
    }

    it('is sent once when its answer is lost but the effect is found', async () => {
      odd.onRequest(() => lost);
      const landed = async () => true;
      assert.equal(await graph.post('/requests', {}, { landed }), undefined);
      assert.equal(odd.seen.length, 1);
      assert.ok((odd.pauses[0] ?? 0) >= 500, 'Entra gets a moment to show it');
    });

    it('is sent again when its answer is lost and there is no trace of it', async () => {
      odd.onRequest((_seen, n) => (n === 1 ? lost : { status: 201, body: { id: 'new' } }));
      const landed = async () => false;
      assert.deepEqual(await graph.post('/requests', {}, { landed }), { id: 'new' });
      assert.equal(odd.seen.length, 2);
    });

    it('says that its fate is unknown when nobody can tell whether it landed', async () => {
      odd.onRequest(() => lost);
      const landed = () => Promise.reject(new Error('nobody home'));
      assert.equal((await failure(graph.post('/requests', {}, { landed }))).code, 'graph.fate-unknown');
      assert.equal(odd.seen.length, 1);
    });

    it('never claims that nothing was changed once an answer was lost', async () => {
      odd.onRequest((_seen, n) => (n === 1 ? lost : refused(409, 'Conflict')));
      const error = await failure(graph.post('/requests', {}, { landed: async () => false }));
      assert.equal(error.code, 'graph.fate-unknown');
      assert.equal(error.detail.graphCode, 'Conflict');
    });

    it('counts as done when it is turned away by its own effect', async () => {
      odd.onRequest((_seen, n) => (n === 1 ? lost : refused(409, 'Conflict')));
      let looks = 0;
      const landed = async () => ++looks > 1;
      assert.equal(await graph.post('/requests', {}, { landed }), undefined);
    });

    it('is repeated when it was throttled: it cannot have landed', async () => {
      odd.onRequest((_seen, n) => (n < 3 ? busy : { status: 201, body: { id: 'new' } }));
      assert.deepEqual(await graph.post('/requests', {}), { id: 'new' });
      assert.equal(odd.seen.length, 3);
    });

    it('is repeated while no connection can be made, and then nothing was changed', async () => {
      await odd.close();
      assert.equal((await failure(graph.post('/requests', {}))).code, 'graph.unavailable');
      assert.equal(odd.pauses.length, 3);
    });

    it('is done when it was accepted, however its answer looks', async () => {
      for (const answer of [
        { status: 202, body: '' },
        { status: 201, body: 'not JSON' },
        { status: 201, drop: 'midway', body: { id: 'x' } },
        { status: 204 },
      ] as const) {
        odd.onRequest(() => answer);
        assert.equal(await graph.post('/requests', {}), undefined);
      }
      assert.equal(odd.seen.length, 4);
    });
  });

  describe('that changes something', () => {
    it('repeats a PUT and a DELETE, which mean the same twice', async () => {
      odd.onRequest((_seen, n) => (n % 2 === 1 ? { drop: 'before' } : { status: 204 }));
      await graph.put('/policies/1', { name: 'x' });
      await graph.delete('/methods/1');
      assert.deepEqual(
        odd.seen.map(({ method }) => method),
        ['PUT', 'PUT', 'DELETE', 'DELETE'],
      );
    });

    it('takes a 404 for done when its own lost DELETE did it', async () => {
      odd.onRequest((_seen, n) => (n === 1 ? { drop: 'before' } : refused(404, 'ResourceNotFound')));
      await graph.delete('/methods/1');
      await assert.rejects(graph.delete('/methods/2'), { code: 'graph.not-found' });
    });

    it('sends a PATCH once when its answer is lost, unless it can look whether it landed', async () => {
      odd.onRequest(() => ({ drop: 'before' }));
      assert.equal((await failure(graph.patch('/stages/1', {}))).code, 'graph.fate-unknown');
      assert.equal(odd.seen.length, 1);
      await graph.patch('/stages/1', {}, { landed: async () => true });
      assert.equal(odd.seen.length, 2);
    });

    it('repeats a PATCH when the front door names a time to come back', async () => {
      odd.onRequest((_seen, n) =>
        n === 1 ? { status: 503, headers: { 'retry-after': '2' }, body: {} } : { status: 204 },
      );
      await graph.patch('/stages/1', {});
      assert.deepEqual(odd.pauses, [2000]);
    });

    it('stays in doubt when signing in fails between two tries', async () => {
      let asked = 0;
      const userTokens = {
        accept: async () => {},
        forget: () => {},
        redeem: () => Promise.resolve(),
        contexts: () => [],
        tokenFor: async () => (++asked === 1 ? userToken : Promise.reject(new TypeError('gone'))),
      };
      odd.onRequest(() => ({ drop: 'before' }));
      const client = odd.client({ userTokens }).as(person(1), ['User.Read'], reference);
      assert.equal((await failure(client.put('/policies/1', {}))).code, 'graph.fate-unknown');
    });
  });
});
