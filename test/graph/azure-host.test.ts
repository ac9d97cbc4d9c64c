import assert from 'node:assert/strict';
import type { GraphAs } from '../../src/graph/graph.js';
import type { UserTokens } from '../../src/identity/tokens.js';
import { failureOf, type OddGraph, refused, startOddGraph, userToken } from './odd-graph.js';
import { actorOf } from './practice-graph.js';

const azureScope = 'https://management.azure.com/user_impersonation';
const arm = 'https://management.azure.com';
const azureToken = 'secret-token-for-azure';

/** Two services on two ports, and one client that knows both. */
describe('one client for Graph and for Azure', () => {
  let graphSide: OddGraph;
  let azureSide: OddGraph;
  let asked: { scopes: readonly string[]; claims: string | undefined }[];

  beforeEach(async () => {
    [graphSide, azureSide] = await Promise.all([startOddGraph(), startOddGraph()]);
    asked = [];
  });
  afterEach(() => Promise.all([graphSide.close(), azureSide.close()]));

  const userTokens: Pick<UserTokens, 'tokenFor'> = {
    tokenFor: (_actor, scopes, challenge) => {
      asked.push({ scopes, claims: challenge?.claims });
      return Promise.resolve(scopes.includes(azureScope) ? azureToken : userToken);
    },
  };
  const client = () =>
    graphSide.client({
      azureUrl: azureSide.url,
      // The rest of them is not called here.
      userTokens: { accept: fail, redeem: fail, forget: fail, contexts: () => [], ...userTokens },
    });
  const as = (...scopes: string[]): GraphAs => client().as(actorOf('engineer'), scopes, 'reference');

  it('sends each service its own token, for its own scopes only', async () => {
    const graph = as('User.Read', azureScope, 'Group.Read.All');
    await graph.get('/me');
    await graph.get(`${arm}/providers/x`, { query: { 'api-version': '1', $filter: 'asTarget()' } });
    assert.deepEqual(
      asked.map(({ scopes }) => scopes),
      [['User.Read', 'Group.Read.All'], [azureScope]],
    );
    assert.equal(graphSide.seen[0]?.headers.authorization, `Bearer ${userToken}`);
    assert.equal(azureSide.seen[0]?.headers.authorization, `Bearer ${azureToken}`);
    const path = azureSide.seen[0]?.path ?? '';
    assert.ok(path.startsWith('/graph/providers/x?'), path);
    const query = new URLSearchParams(path.split('?')[1]);
    assert.deepEqual([query.get('api-version'), query.get('$filter')], ['1', 'asTarget()']);
    assert.deepEqual([graphSide.seen.length, azureSide.seen.length], [1, 1]);
  });

  it('does not call a service for which the verb declares no scope', async () => {
    await assert.rejects(as('User.Read').get(`${arm}/providers/x`), TypeError);
    await assert.rejects(as(azureScope).get('/me'), TypeError);
    await assert.rejects(as(azureScope).batch([{ id: '1', method: 'GET', path: '/me' }]), TypeError);
    assert.deepEqual([graphSide.seen.length, azureSide.seen.length], [0, 0]);
  });

  it('gives the bot itself no way into Azure', async () => {
    const reader = client().reader('reference');
    await assert.rejects(reader.get(`${arm}/providers/x`), TypeError);
    await assert.rejects(reader.getMany(new Map([['1', `${arm}/providers/x`]])), TypeError);
    assert.deepEqual([graphSide.seen.length, azureSide.seen.length], [0, 0]);
  });

  it('takes only the very address for Azure, and no path out of a scope', async () => {
    const graph = as('User.Read', azureScope);
    for (const path of [
      'https://management.azure.com.evil.example/x',
      'https://management.azure.com@evil.example/x',
      'http://management.azure.com/x',
      'https://evil.example/https://management.azure.com/x',
      `${arm}/subscriptions/../x`,
      `${arm}/subscriptions/.`,
    ])
      await assert.rejects(graph.get(path), TypeError, path);
    assert.deepEqual([graphSide.seen.length, azureSide.seen.length], [0, 0]);
  });

  it('reads lists of Azure by their own kind of link, within Azure only', async () => {
    azureSide.onRequest((_seen, n) => {
      if (n === 1) return { body: { value: [1], nextLink: `${arm}/providers/x?api-version=1&p=2` } };
      if (n === 2) return { body: { value: [], nextLink: `${azureSide.url}/providers/x?p=3` } };
      return { body: { value: [3], nextLink: '' } };
    });
    const all = async (): Promise<unknown[]> => {
      const items: unknown[] = [];
      for await (const page of as(azureScope).pages(`${arm}/providers/x`, { query: { q: '1' } }))
        items.push(...page);
      return items;
    };
    assert.deepEqual(await all(), [1, 3]);
    assert.deepEqual(
      azureSide.seen.map(({ path }) => path),
      ['/graph/providers/x?q=1', '/graph/providers/x?api-version=1&p=2', '/graph/providers/x?p=3'],
    );
    for (const nextLink of ['https://graph.microsoft.com/v1.0/users', `${graphSide.url}/v1.0/users`]) {
      azureSide.onRequest(() => ({ body: { value: [], nextLink } }));
      await assert.rejects(all(), { code: 'graph.broken-answer' });
    }
    azureSide.onRequest(() => ({ body: { value: [], nextLink: `${arm}/providers/x?q=again` } }));
    await assert.rejects(all(), { code: 'graph.paging-loop' });
    assert.equal(graphSide.seen.length, 0);
  });

  it('does not follow a list of Graph into Azure', async () => {
    graphSide.onRequest(() => ({ body: { value: [], '@odata.nextLink': `${arm}/providers/x` } }));
    const pages = as('User.Read', azureScope).pages('/users');
    await assert.rejects(
      async () => {
        for await (const page of pages) assert.deepEqual(page, []);
      },
      { code: 'graph.broken-answer' },
    );
    assert.equal(azureSide.seen.length, 0);
  });

  it('follows no redirect from one service to the other', async () => {
    azureSide.onRequest(() => ({ status: 302, headers: { location: `${graphSide.url}/v1.0/me` } }));
    await failureOf(as(azureScope).get(`${arm}/providers/x`), azureSide.log);
    assert.equal(graphSide.seen.length, 0);
  });

  it('repeats a PUT whose answer was lost, and asks for a better token for Azure when Azure wants one', async () => {
    azureSide.onRequest((_seen, n) => (n === 1 ? { drop: 'before' } : { status: 201, body: {} }));
    await as(azureScope).put(`${arm}/providers/x/1`, { a: 1 });
    assert.equal(azureSide.seen.length, 2);
    const claims = '{"access_token":{"nbf":{"essential":true}}}';
    const demand = `Bearer error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
    azureSide.onRequest((_seen, n) =>
      n === 3 ? refused(401, 'InvalidToken', '', { 'www-authenticate': demand }) : { body: { ok: 1 } },
    );
    assert.deepEqual(await as(azureScope).get(`${arm}/providers/x`), { ok: 1 });
    assert.deepEqual(asked.at(-1), { scopes: [azureScope], claims });
  });
});

function fail(): never {
  assert.fail('nobody asked for this');
}
