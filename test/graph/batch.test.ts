import assert from 'node:assert/strict';
import { isAppError } from '../../src/base/errors.js';
import type { BatchAnswer, BatchRequest, GraphAs } from '../../src/graph/graph.js';
import { person } from '../identity/people.js';
import { type Odd, type OddGraph, refused, type Seen, startOddGraph } from './odd-graph.js';

interface Part {
  readonly id: string;
  readonly method: string;
  readonly url: string;
}

describe('many calls in one request', () => {
  let odd: OddGraph;
  let graph: GraphAs;

  beforeEach(async () => {
    odd = await startOddGraph();
    graph = odd.graph.as(person(1), ['User.Read'], 'reference');
  });
  afterEach(() => odd.close());

  /** Answers part by part, in reverse order as Graph may; undefined leaves a part out. */
  const partwise = (reply: (part: Part, round: number) => Odd | undefined) => (seen: Seen, round: number) => {
    const parts: readonly Part[] = seen.body.requests;
    const responses = parts.flatMap((part) => {
      const answer = reply(part, round);
      return answer === undefined ? [] : [{ id: part.id, status: 200, ...answer }];
    });
    return { body: { responses: responses.reverse() } };
  };
  const urls = (round: number): readonly string[] =>
    odd.seen[round - 1]?.body.requests.map(({ method, url }: Part) => `${method} ${url}`);
  const codes = (answers: readonly BatchAnswer<unknown>[]): readonly (number | string)[] =>
    answers.map((answer) => {
      if (answer.kind === 'ok') return answer.status;
      return isAppError(answer.error) ? answer.error.code : 'no error of ours';
    });
  const busy = { status: 429, headers: { 'Retry-After': '3' } };
  const patch = (id: string, more: object = {}): BatchRequest => ({
    id,
    method: 'PATCH',
    path: `/${id}`,
    body: {},
    ...more,
  });

  it('are asked about before they are sent again: who is decided meanwhile is left alone', async () => {
    odd.onRequest(partwise(({ url }, round) => (round === 1 && url !== '/a' ? busy : { status: 204 })));
    const asked: (readonly string[])[] = [];
    const stillWanted = async (ids: readonly string[]) => {
      asked.push(ids);
      return new Set(['c']);
    };
    const answers = await graph.batch(
      ['a', 'b', 'c'].map((id) => patch(id)),
      { stillWanted },
    );
    assert.deepEqual(asked, [['b', 'c']]);
    assert.deepEqual(codes(answers), [204, 'graph.conflict', 204]);
    assert.deepEqual(urls(2), ['PATCH /c']);
  });

  it('are not sent again when nobody can say whether they are still wanted', async () => {
    odd.onRequest(partwise(() => busy));
    const stillWanted = async () => {
      throw new TypeError('the look failed');
    };
    const answers = await graph.batch([patch('a')], { stillWanted });
    assert.deepEqual(codes(answers), ['graph.unavailable']);
    assert.equal(odd.seen.length, 1);
  });

  it('travel twenty at a time, and every answer finds its question', async () => {
    odd.onRequest(partwise(({ url }) => ({ body: { name: url } })));
    const paths = new Map(Array.from({ length: 45 }, (_, n) => [`User${n}`, `/users/${n}`]));
    const answers = await graph.getMany<{ name: string }>(paths, { query: { $select: 'id' } });
    assert.equal(answers.size, 45);
    for (const [key, path] of paths) {
      const answer = answers.get(key);
      assert.equal(answer?.kind === 'ok' && answer.body.name, `${path}?$select=id`);
    }
    assert.deepEqual(
      odd.seen.map(({ body }) => body.requests.length),
      [20, 20, 5],
    );
  });

  it('are repeated one by one: only what was throttled or lost, after the longest pause asked for', async () => {
    odd.onRequest(
      partwise(({ url }, round) => {
        if (round === 1 && url === '/b') return busy;
        if (round === 1 && url === '/c') return undefined;
        if (round === 2 && url === '/c') return { status: 503 };
        return url === '/d' ? { status: 404, ...refused(404, 'ResourceNotFound') } : { body: { name: url } };
      }),
    );
    const answers = await graph.getMany(new Map(['a', 'b', 'c', 'd'].map((key) => [key, `/${key}`])));
    assert.deepEqual(codes([...answers.values()]), [200, 200, 200, 'graph.not-found']);
    assert.deepEqual([urls(2), urls(3)], [['GET /b', 'GET /c'], ['GET /c']]);
    assert.equal(odd.pauses[0], 3000);
  });

  it('fail each by itself when patience ends', async () => {
    odd.onRequest(partwise(({ url }) => (url === '/b' ? busy : {})));
    const answers = await graph.getMany(
      new Map([
        ['a', '/a'],
        ['b', '/b'],
      ]),
    );
    assert.deepEqual(codes([...answers.values()]), [200, 'graph.throttled']);
    assert.equal(odd.seen.length, 4);
  });

  it('fail together when the whole request is turned away', async () => {
    odd.onRequest(() => refused(403, 'Authorization_RequestDenied'));
    const answers = await graph.batch([patch('a'), { id: 'b', method: 'GET', path: '/b' }]);
    assert.deepEqual(codes(answers), ['graph.forbidden', 'graph.forbidden']);
  });

  it('never send a write again that was done, throttled neighbours or not', async () => {
    odd.onRequest(partwise(({ url }, round) => (url === '/b' && round === 1 ? busy : { status: 204 })));
    assert.deepEqual(codes(await graph.batch([patch('a'), patch('b')])), [204, 204]);
    assert.deepEqual([urls(1), urls(2)], [['PATCH /a', 'PATCH /b'], ['PATCH /b']]);
  });

  it('leave a write alone whose fate is unknown, and read its neighbour again', async () => {
    odd.onRequest((seen, round) =>
      round === 1 ? { drop: 'before' } : partwise(() => ({ body: {} }))(seen, round),
    );
    const answers = await graph.batch([patch('a'), { id: 'b', method: 'GET', path: '/b' }]);
    assert.deepEqual(codes(answers), ['graph.fate-unknown', 200]);
    assert.deepEqual(urls(2), ['GET /b']);
  });

  it('look whether a write landed, each by itself, and repeat only what did not', async () => {
    odd.onRequest(partwise((_part, round) => (round === 1 ? { status: 504 } : { status: 204 })));
    const answers = await graph.batch([
      patch('landed', { landed: async () => true }),
      patch('lost', { landed: async () => false }),
      patch('unclear', { landed: () => Promise.reject(new Error('nobody home')) }),
    ]);
    assert.deepEqual(codes(answers), [204, 204, 'graph.fate-unknown']);
    assert.deepEqual(urls(2), ['PATCH /lost']);
  });

  it('hand on a claims challenge, and say what was not tried', async () => {
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    const header = `Bearer error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
    odd.onRequest(
      partwise(({ url }) =>
        url === '/a' ? { status: 401, headers: { 'WWW-Authenticate': header } } : { status: 424 },
      ),
    );
    const answers = await graph.batch([patch('a'), patch('b')]);
    assert.deepEqual(codes(answers), ['identity.step-up-needed', 'graph.dependency-failed']);
    const [first] = answers;
    assert.ok(first?.kind === 'failed' && isAppError(first.error) && first.error.detail.claims === claims);
  });

  it('are in the form that Graph takes', async () => {
    odd.onRequest(partwise(() => ({})));
    await graph.batch([patch('a', { body: { x: 1 } }), { id: 'A', method: 'POST', path: '/b' }], {
      version: 'beta',
    });
    assert.equal(odd.seen[0]?.path, '/graph/beta/$batch');
    const json = { 'Content-Type': 'application/json' };
    assert.deepEqual(odd.seen[0]?.body.requests, [
      { id: '1', method: 'PATCH', url: '/a', headers: json, body: { x: 1 } },
      { id: '2', method: 'POST', url: '/b', headers: json, body: {} },
    ]);
    await assert.rejects(graph.batch([patch('a'), patch('a')]), TypeError);
  });
});
