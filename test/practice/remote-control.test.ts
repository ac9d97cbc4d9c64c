import assert from 'node:assert/strict';
import { request } from 'node:http';
import { standardPackage } from '../../practice/world/packages.js';
import { type Answer, type Visit, visitPractice } from './visit.js';

describe('practice remote control', () => {
  let visit: Visit;
  before(async () => {
    visit = await visitPractice();
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const askForStandard = async (): Promise<Answer> => {
    const token = await visit.signIn('engineer', 'EntitlementMgmt-SubjectAccess.ReadWrite');
    return visit.graph(token, 'POST', '/v1.0/identityGovernance/entitlementManagement/assignmentRequests', {
      requestType: 'userAdd',
      assignment: { accessPackageId: standardPackage.id, assignmentPolicyId: standardPackage.policy.id },
      justification: 'Project Nord',
    });
  };

  it('tells who is there and where everything is', async () => {
    const { body } = await visit.control('GET', '');
    const keys = body.people.map(({ key }: { key: string }) => key);
    assert.deepEqual(keys, [
      ...[
        'engineer',
        'manager',
        'security',
        'helpdesk',
        'finance',
        'starter',
        'guest',
        'appowner',
        'outsider',
      ],
    ]);
    assert.equal(body.urls.graph, `${visit.url}/graph`);
    assert.equal(body.clock.offsetMs, 0);
  });

  it('moves the clock forward by an ISO duration and by nothing else', async () => {
    const moved = await visit.control('POST', '/clock', { advance: 'P1DT2H' });
    assert.equal(moved.body.offsetMs, 26 * 3_600_000);
    for (const advance of ['2 hours', 'P', '-PT1H', 5, undefined]) {
      assert.equal((await visit.control('POST', '/clock', { advance })).status, 400);
    }
  });

  it('goes on where it was after a restart', async () => {
    const asked = await askForStandard();
    await visit.control('POST', '/clock', { advance: 'PT1H' });
    await visit.restart();
    const { body } = await visit.control('GET', '/entra');
    assert.equal(body.requests[0].id, asked.body.id);
    assert.equal(body.requests[0].state, 'pendingApproval');
    assert.equal((await visit.control('GET', '')).body.clock.offsetMs, 3_600_000);
  });

  it('begins a new world on reset', async () => {
    await askForStandard();
    await visit.control('POST', '/clock', { advance: 'PT1H' });
    await visit.control('POST', '/reset');
    assert.deepEqual((await visit.control('GET', '/entra')).body.requests, []);
    assert.deepEqual((await visit.control('GET', '/requests')).body, []);
    assert.equal((await visit.control('GET', '')).body.clock.offsetMs, 0);
  });

  it('sends what happens as server-sent events', async () => {
    const stream = await fetch(`${visit.url}/practice/events`);
    const reader = stream.body?.getReader();
    let text = '';
    const read = async (until: RegExp): Promise<void> => {
      while (!until.test(text)) {
        const chunk = await reader?.read();
        text += new TextDecoder().decode(chunk?.value);
      }
    };
    await read(/hello/);
    await visit.control('POST', '/clock', { advance: 'PT1M' });
    await read(/"kind":"clock"/);
    await askForStandard();
    await read(/"kind":"request".*"service":"graph"[\s\S]*"kind":"entra"/);
    await reader?.cancel();
    assert.match(text, /"offsetMs":60000/);
  });

  it('knows nobody by an invented key', async () => {
    assert.equal((await visit.control('POST', '/people/nobody/step-up', { require: 'c1' })).status, 404);
    assert.equal((await visit.control('POST', '/people/engineer/step-up', { require: 7 })).status, 400);
  });

  it('does not start in production', async () => {
    const before = process.env.NODE_ENV;
    process.env.NODE_ENV = 'production';
    try {
      await assert.rejects(visitPractice, /production/);
    } finally {
      if (before === undefined) delete process.env.NODE_ENV;
      else process.env.NODE_ENV = before;
    }
  });

  it('answers nobody who came by another host name, or from a page of another site', async () => {
    const status = (headers: Record<string, string>): Promise<unknown> =>
      new Promise((resolve, reject) => {
        request(`${visit.url}/practice`, { headers }, (res) => resolve(res.resume().statusCode))
          .on('error', reject)
          .end();
      });
    assert.equal(await status({ host: 'evil.example' }), 403);
    assert.equal(await status({ origin: 'https://evil.example' }), 403);
    assert.equal(await status({ origin: visit.url }), 200);
  });
});
