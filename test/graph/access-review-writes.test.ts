import assert from 'node:assert/strict';
import {
  createReview,
  decideMany,
  decideOne,
  type ReviewPlace,
  resetOne,
} from '../../src/graph/access-review.js';
import type { GraphAs } from '../../src/graph/graph.js';
import { batched } from './batched.js';
import { newReview } from './new-review.js';
import { type OddGraph, refused, startOddGraph } from './odd-graph.js';
import { actorOf, reference } from './practice-graph.js';

const root = '/graph/v1.0/identityGovernance/accessReviews/definitions';
const place: ReviewPlace = { definitionId: 'd1', instanceId: 'i1' };
const staged: ReviewPlace = { ...place, stageId: 's2' };
const person = 'aa000000-0000-4000-8000-00000000000a';
const group = 'bb000000-0000-4000-8000-00000000000b';

describe('access reviews, written call by call', () => {
  let odd: OddGraph;
  let graph: GraphAs;
  beforeEach(async () => {
    odd = await startOddGraph();
    graph = odd.graph.as(actorOf('manager'), ['AccessReview.ReadWrite.All'], reference);
  });
  afterEach(() => odd.close());

  const asked = (): readonly string[] =>
    odd.seen.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`);

  it('are decided one by one where the decision stands', async () => {
    odd.onRequest(() => ({ status: 204 }));
    await decideOne(graph, staged, 'x', { decision: 'Deny', justification: 'left in March' });
    assert.deepEqual(asked(), [`PATCH ${root}/d1/instances/i1/stages/s2/decisions/x`]);
    assert.deepEqual(odd.seen[0]?.body, { decision: 'Deny', justification: 'left in March' });
  });

  it('say of each of many what became of it, and write each once', async () => {
    odd.onRequest(({ body }) =>
      batched(body, ({ url }) =>
        Number(url.split('/x')[1]) % 2 === 0 ? { status: 204 } : refused(403, 'UnAuthorized'),
      ),
    );
    const items = Array.from({ length: 45 }, (_, n) => ({
      id: `x${n}`,
      decision: 'Deny' as const,
      justification: 'as Entra recommends',
    }));
    const answers = await decideMany(graph, place, items);
    assert.deepEqual(
      answers.map(({ id, kind }) => [id, kind]),
      items.map(({ id }, n) => [id, n % 2 === 0 ? 'ok' : 'failed']),
    );
    const sent = odd.seen.flatMap(({ body }) => body.requests);
    assert.deepEqual([odd.seen.length, sent.length], [3, 45]);
    assert.ok(sent.every(({ method, body }) => method === 'PATCH' && body.decision === 'Deny'));
    await assert.rejects(decideMany(graph, place, [...items.slice(0, 1), ...items.slice(0, 1)]), TypeError);
  });

  it('look whether a lost decision has landed before they write it again', async () => {
    odd.onRequest(() => ({ drop: 'before' }));
    const landed = async (): Promise<boolean> => true;
    await decideOne(graph, place, 'x', { decision: 'Approve', justification: 'needed', landed });
    await resetOne(graph, place, { principalId: person, resourceId: group, landed });
    const [answer] = await decideMany(graph, place, [
      { id: 'x', decision: 'Approve', justification: 'needed', landed },
    ]);
    assert.equal(answer?.kind, 'ok');
    assert.equal(odd.seen.length, 3);
    await assert.rejects(decideOne(graph, place, 'x', { decision: 'Approve', justification: 'needed' }), {
      code: 'graph.fate-unknown',
    });
  });

  it('are taken back for one person and one resource, and never for a whole review', async () => {
    odd.onRequest(() => ({ status: 204 }));
    await resetOne(graph, staged, { principalId: person, resourceId: group });
    assert.deepEqual(asked(), [`POST ${root}/d1/instances/i1/batchRecordDecisions`]);
    assert.deepEqual(odd.seen[0]?.body, {
      decision: 'NotReviewed',
      justification: '',
      principalId: person,
      resourceId: group,
    });
    const nothing: readonly unknown[] = ['', ' ', '00000000-0000-0000-0000-000000000000', undefined, null];
    for (const none of nothing) {
      const id = none as string;
      await assert.rejects(resetOne(graph, place, { principalId: id, resourceId: group }), TypeError);
      await assert.rejects(resetOne(graph, place, { principalId: person, resourceId: id }), TypeError);
    }
    assert.equal(odd.seen.length, 1);
  });

  it('are set up once, and an answer that was lost is not a reason for a second one', async () => {
    odd.onRequest((_, n) =>
      n === 1 ? { status: 201, body: { id: 'D9' } } : { status: 201, drop: 'midway' },
    );
    assert.equal(await createReview(graph, newReview), 'd9');
    assert.deepEqual([asked()[0], odd.seen[0]?.body], [`POST ${root}`, newReview]);
    await assert.rejects(createReview(graph, newReview), { code: 'graph.fate-unknown' });
    odd.onRequest(() => ({ drop: 'before' }));
    await assert.rejects(createReview(graph, newReview), { code: 'graph.fate-unknown' });
    assert.equal(odd.seen.length, 3);
  });
});
