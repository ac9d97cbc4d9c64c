import assert from 'node:assert/strict';
import type { GraphReader } from '../../src/graph/graph.js';
import { type OddGraph, startOddGraph } from './odd-graph.js';

describe('a list in pages', () => {
  let odd: OddGraph;
  let reader: GraphReader;

  beforeEach(async () => {
    odd = await startOddGraph();
    reader = odd.graph.reader('reference');
  });
  afterEach(() => odd.close());

  const next = 'https://graph.microsoft.com/v1.0/users?$select=id&$skiptoken=RFN==(x)%26y';
  const all = async (): Promise<unknown[]> => {
    const items: unknown[] = [];
    const options = { query: { $select: 'id' }, headers: { ConsistencyLevel: 'eventual' } };
    for await (const page of reader.pages('/users', options)) items.push(...page);
    return items;
  };

  it('is read to its end, also past an empty page, with the link exactly as Graph gave it', async () => {
    odd.onRequest((_seen, n) => {
      if (n === 1) return { body: { value: [1, 2], '@odata.nextLink': next } };
      if (n === 2) return { body: { value: [], '@odata.nextLink': `${next}2` } };
      return { body: { value: [3] } };
    });
    assert.deepEqual(await all(), [1, 2, 3]);
    assert.equal(odd.seen[1]?.path, '/graph/v1.0/users?$select=id&$skiptoken=RFN==(x)%26y');
    assert.ok(
      odd.seen.every(({ headers }) => headers.consistencylevel === 'eventual'),
      'the header is in no link',
    );
  });

  it('may be linked under the address of the service itself', async () => {
    odd.onRequest((_seen, n) => ({
      body: { value: [n], ...(n === 1 ? { '@odata.nextLink': `${odd.url}/v1.0/users?p=2` } : {}) },
    }));
    assert.deepEqual(await all(), [1, 2]);
  });

  it('ends with an error when a link comes round again', async () => {
    odd.onRequest(() => ({ body: { value: [1], '@odata.nextLink': next } }));
    await assert.rejects(all(), { code: 'graph.paging-loop' });
    assert.equal(odd.seen.length, 2);
  });

  it('does not follow a link to another place', async () => {
    for (const away of [
      'https://graph.microsoft.com.evil.example/x',
      'http://127.0.0.1:1/x',
      `${odd.url}.evil.example/`,
    ]) {
      odd.onRequest(() => ({ body: { value: [], '@odata.nextLink': away } }));
      await assert.rejects(all(), { code: 'graph.broken-answer' });
    }
  });

  it('is an error when it is no list', async () => {
    odd.onRequest(() => ({ body: { id: 'one thing' } }));
    await assert.rejects(all(), { code: 'graph.broken-answer' });
  });

  it('is read no further than somebody wants', async () => {
    odd.onRequest((_seen, n) => ({ body: { value: [n], '@odata.nextLink': `${next}${n}` } }));
    for await (const page of reader.pages('/users')) if (page.includes(2)) break;
    assert.equal(odd.seen.length, 2);
  });
});
