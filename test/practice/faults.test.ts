import assert from 'node:assert/strict';
import { promptLibrary } from '../../practice/world/packages.js';
import { type Answer, type Visit, visitPractice } from './visit.js';

const requests = '/v1.0/identityGovernance/entitlementManagement/assignmentRequests';

describe('practice faults and request log', () => {
  let visit: Visit;
  let token = '';
  before(async () => {
    visit = await visitPractice();
    token = await visit.signIn('guest', '.default');
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const plan = (fault: object): Promise<Answer> => visit.control('POST', '/faults', fault);
  const log = async (): Promise<{ path: string; status: number; id: string }[]> =>
    (await visit.control('GET', '/requests?service=graph')).body;
  const me = (): Promise<Answer> => visit.graph(token, 'GET', '/v1.0/me');
  const ask = (): Promise<Answer> =>
    visit.graph(token, 'POST', requests, {
      requestType: 'userAdd',
      assignment: { accessPackageId: promptLibrary.id, assignmentPolicyId: promptLibrary.policy.id },
    });
  const filed = async (): Promise<number> => (await visit.control('GET', '/entra')).body.requests.length;

  it('strikes as often as asked, with the wait that a client must respect', async () => {
    await plan({ match: { service: 'graph', path: '/me' }, do: { status: 429, retryAfter: 7 }, times: 2 });
    const first = await me();
    assert.equal(first.status, 429);
    assert.equal(first.headers.get('retry-after'), '7');
    assert.equal(first.body.error.code, 'TooManyRequests');
    assert.deepEqual([(await me()).status, (await me()).status], [429, 200]);
  });

  it('can lose the answer to something that was really done', async () => {
    await plan({ match: { service: 'graph', method: 'POST' }, do: { drop: true, afterEffect: true } });
    await assert.rejects(ask);
    assert.equal(await filed(), 1);
    assert.equal((await log()).at(-1)?.status, -1);
  });

  it('can lose the request itself', async () => {
    await plan({ match: { service: 'graph', path: '^/v1.0/.*assignmentRequests$' }, do: { drop: true } });
    await assert.rejects(ask);
    assert.equal(await filed(), 0);
  });

  it('shows a request that still waits with status 0', async () => {
    await plan({ match: { service: 'graph', path: '/me' }, do: { delayMs: 500 } });
    const waiting = me();
    const started = async (): Promise<number | undefined> => (await log())[0]?.status ?? started();
    assert.equal(await started(), 0);
    assert.equal((await waiting).status, 200);
    assert.deepEqual(
      (await log()).map(({ status }) => status),
      [200],
    );
  });

  it('hits a single item of a batch', async () => {
    await plan({ match: { service: 'graph', path: '/v1.0/me' }, do: { status: 503 } });
    const batch = { requests: ['1', '2'].map((id) => ({ id, method: 'GET', url: '/me' })) };
    const answer = await visit.graph(token, 'POST', '/v1.0/$batch', batch);
    const statuses = answer.body.responses.map(({ status }: { status: number }) => status);
    assert.deepEqual(statuses.sort(), [200, 503]);
  });

  it('makes the sign-in service fail in its own words', async () => {
    await plan({ match: { service: 'sts' }, do: { status: 503 } });
    const answer = await visit.token({
      grant_type: 'client_credentials',
      scope: 'https://graph.microsoft.com/.default',
    });
    assert.equal(answer.status, 503);
    assert.equal(answer.body.error, 'temporarily_unavailable');
  });

  it('lists and clears what is planned', async () => {
    const { body } = await plan({ match: { service: 'connector' }, do: { status: 500 } });
    assert.deepEqual(
      (await visit.control('GET', '/faults')).body.map(({ id }: { id: string }) => id),
      [body.id],
    );
    await visit.control('DELETE', '/faults');
    assert.deepEqual((await visit.control('GET', '/faults')).body, []);
  });

  it('answers a fault that makes no sense with a sentence', async () => {
    for (const bad of [
      {},
      { match: { service: 'mail' }, do: { status: 500 } },
      { match: { service: 'graph' }, do: {} },
    ]) {
      const answer = await plan(bad);
      assert.equal(answer.status, 400);
      assert.match(answer.body.error, /\w+ .*\.$/);
    }
  });

  it('logs who called with what, and no secrets', async () => {
    await visit.signIn('guest', 'User.Read');
    const entries = (await visit.control('GET', '/requests?service=sts')).body;
    const exchange = entries.at(-1);
    assert.equal(exchange.body.client_secret, '…');
    assert.equal(exchange.body.assertion, '…');
    assert.equal(exchange.token, 'user');
    assert.deepEqual((await visit.control('GET', `/requests?service=sts&since=${exchange.id}`)).body, []);
  });
});
