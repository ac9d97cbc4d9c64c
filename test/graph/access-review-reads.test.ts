import assert from 'node:assert/strict';
import {
  contactedReviewers,
  decisionById,
  decisionPages,
  decisionsByIds,
  instanceById,
  instancesOf,
  myDecisions,
  myInstances,
  myReviews,
  myStages,
  type ReviewPlace,
  reviewDefinition,
  reviewDefinitions,
  stagesOf,
  undecided,
} from '../../src/graph/access-review.js';
import type { GraphAs, GraphReader } from '../../src/graph/graph.js';
import { batched } from './batched.js';
import { type OddGraph, refused, startOddGraph } from './odd-graph.js';
import { actorOf, reference } from './practice-graph.js';

const root = '/graph/v1.0/identityGovernance/accessReviews/definitions';
const place: ReviewPlace = { definitionId: 'd1', instanceId: 'i1' };
const staged: ReviewPlace = { ...place, stageId: 's2' };
const person = 'aa000000-0000-4000-8000-00000000000a';

describe('access reviews, read call by call', () => {
  let odd: OddGraph;
  let reader: GraphReader;
  let graph: GraphAs;
  beforeEach(async () => {
    odd = await startOddGraph();
    reader = odd.graph.reader(reference);
    graph = odd.graph.as(actorOf('manager'), ['AccessReview.ReadWrite.All'], reference);
  });
  afterEach(() => odd.close());

  const asked = (): readonly string[] =>
    odd.seen.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`);
  const inBatch = (nth = 0): readonly string[] =>
    odd.seen[nth]?.body.requests.map(({ url }: { url: string }) => decodeURIComponent(url)) ?? [];
  const short = (path: string) => path.replace('/graph/v1.0', '');

  it('take one page and one request to read one page', async () => {
    odd.onRequest(() => ({
      body: { '@odata.count': 10_000, '@odata.nextLink': `${odd.url}/v1.0/more`, value: [{ id: 'X' }] },
    }));
    const query = {
      top: 10,
      skip: 20,
      decision: 'NotReviewed',
      recommendation: "De'ny",
      principalId: person,
    };
    const page = await myDecisions(graph, place, { ...query, insights: true });
    assert.deepEqual([page.count, page.items.map(({ id }) => id)], [10_000, ['x']]);
    assert.deepEqual(asked(), [
      `GET ${root}/d1/instances/i1/decisions/filterByCurrentUser(on='reviewer')?$top=10&$count=true&$skip=20&` +
        `$filter=decision eq 'NotReviewed' and recommendation eq 'De''ny' and principal/id eq '${person}'&$expand=insights`,
    ]);
  });

  it('ask for no more than Entra gives in a page, and do not make up a count', async () => {
    odd.onRequest(() => ({ body: { value: [] } }));
    assert.deepEqual(await myDecisions(graph, staged, { top: 5000 }), { items: [], count: undefined });
    assert.deepEqual(asked(), [
      `GET ${root}/d1/instances/i1/stages/s2/decisions/filterByCurrentUser(on='reviewer')?$top=100&$count=true`,
    ]);
  });

  it('count what is open in one request for many reviews', async () => {
    odd.onRequest(({ body }) =>
      batched(body, ({ url }) =>
        url.includes('/i2/')
          ? refused(403, 'UnAuthorized')
          : { body: url.includes('/i3/') ? { value: [] } : { '@odata.count': 7, value: [{ id: 'x' }] } },
      ),
    );
    const places = [staged, { ...place, instanceId: 'i2' }, { ...place, instanceId: 'i3' }];
    const counts = await undecided(reader, places);
    assert.deepEqual([counts.get('i1'), counts.get('i2'), counts.get('i3')], [7, undefined, undefined]);
    assert.equal(odd.seen.length, 1);
    assert.equal(
      inBatch()[0],
      `${short(root)}/d1/instances/i1/stages/s2/decisions?$filter=decision eq 'NotReviewed'&$select=id&$top=1&$count=true`,
    );
  });

  it('leave out what cannot be read, and read on where there is more', async () => {
    const reviewer = (id: string) => ({ id, displayName: id, createdDateTime: '2026-11-01T00:00:00Z' });
    odd.onRequest(({ method, path, body }) => {
      if (path.endsWith('page=2')) return { body: { value: [reviewer('R2')] } };
      if (method === 'GET') {
        return { body: { '@odata.nextLink': `${odd.url}/v1.0/x?page=2`, value: [reviewer('R1')] } };
      }
      return batched(body, ({ url }) => {
        if (url.includes('/i2/')) return refused(404, 'NotFound');
        if (url.includes('/i3/')) return { body: { value: [{ displayName: 'no id' }] } };
        return { body: { '@odata.nextLink': `${odd.url}/v1.0/x?page=2`, value: [reviewer('R1')] } };
      });
    });
    const places = ['i1', 'i2', 'i3'].map((instanceId) => ({ ...place, instanceId }));
    const found = await contactedReviewers(reader, places);
    assert.deepEqual([...found.keys()], ['i1']);
    assert.deepEqual(found.get('i1'), [
      { id: 'r1', name: 'R1', since: '2026-11-01T00:00:00Z' },
      { id: 'r2', name: 'R2', since: '2026-11-01T00:00:00Z' },
    ]);
    assert.equal(odd.seen.length, 3);
  });

  it('read instances of many series together, the bot all of them and a person their own', async () => {
    odd.onRequest(({ body }) =>
      batched(body, ({ url }) =>
        url.includes('/d2/')
          ? refused(404, 'NotFound')
          : { body: { value: [{ id: 'I1', status: 'InProgress' }] } },
      ),
    );
    const all = await instancesOf(reader, ['d1', 'd2', 'd1']);
    const own = await myInstances(graph, ['d1', 'd2']);
    for (const found of [all, own]) {
      assert.deepEqual([...found.keys()], ['d1']);
      assert.deepEqual(
        found.get('d1')?.map(({ id, status }) => [id, status]),
        [['i1', 'InProgress']],
      );
    }
    assert.deepEqual(inBatch(0), [`${short(root)}/d1/instances`, `${short(root)}/d2/instances`]);
    assert.equal(inBatch(1)[0], `${short(root)}/d1/instances/filterByCurrentUser(on='reviewer')`);
  });

  it('go to the place of the review, its stage or its instance', async () => {
    odd.onRequest(({ path }) => ({
      body: /\/(definitions|decisions|stages)(\/filterBy|\?|$)/.test(path) ? { value: [] } : { id: 'X' },
    }));
    for await (const _ of reviewDefinitions(reader, "In'Progress"));
    for await (const _ of reviewDefinitions(reader));
    for await (const _ of decisionPages(reader, staged, { decision: 'Deny' }));
    await reviewDefinition(reader, 'd/1');
    await instanceById(reader, place);
    await stagesOf(reader, staged);
    await myReviews(graph);
    await myStages(graph, place);
    await decisionById(graph, staged, 'x');
    assert.deepEqual(
      asked().map((line) => line.replace(`GET ${root}`, '')),
      [
        "?$filter=status eq 'In''Progress'",
        '',
        "/d1/instances/i1/stages/s2/decisions?$filter=decision eq 'Deny'",
        '/d/1',
        '/d1/instances/i1',
        '/d1/instances/i1/stages',
        "/filterByCurrentUser(on='reviewer')",
        "/d1/instances/i1/stages/filterByCurrentUser(on='reviewer')",
        '/d1/instances/i1/stages/s2/decisions/x?$expand=insights',
      ],
    );
    assert.equal(odd.seen[3]?.path, `${root}/d%2F1`);
  });

  it('read several decisions together', async () => {
    odd.onRequest(({ body }) =>
      batched(body, ({ url }) =>
        url.endsWith('/x2') ? refused(404, 'NotFound') : { body: { id: url.slice(-2) } },
      ),
    );
    const found = await decisionsByIds(graph, place, ['x1', 'x2', 'x3']);
    assert.deepEqual(
      found.map(({ id }) => id),
      ['x1', 'x3'],
    );
  });
});
