import assert from 'node:assert/strict';
import { personByKey } from '../../practice/world/people.js';
import { type Visit, visitPractice } from './visit.js';

const em = '/v1.0/identityGovernance/entitlementManagement';

describe('practice Graph: who may call what', () => {
  let visit: Visit;
  before(async () => {
    visit = await visitPractice();
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  it('answers 401 without a token, with a token for the bot, and with a changed token', async () => {
    const good = await visit.signIn('engineer', 'User.Read');
    const forBot = await visit.assertion('engineer');
    for (const token of ['', forBot, `${good.slice(0, -6)}AAAAAA`]) {
      const answer = await visit.graph(token, 'GET', '/v1.0/me');
      assert.equal(answer.status, 401);
      assert.equal(answer.body.error.code, 'InvalidAuthenticationToken');
    }
    assert.equal((await visit.graph(good, 'GET', '/v1.0/me')).body.id, personByKey('engineer')?.id);
  });

  it('answers 401 once the account is disabled, whatever the token still says', async () => {
    const token = await visit.signIn('finance', 'User.Read');
    await visit.control('POST', '/people/finance/account', { enabled: false });
    assert.equal((await visit.graph(token, 'GET', '/v1.0/me')).status, 401);
  });

  it('answers 403 when the scope is missing, in the envelope of Graph with both request ids', async () => {
    const token = await visit.signIn('engineer', 'User.Read');
    const headers = { 'client-request-id': '11111111-2222-4333-8444-555555555555' };
    const answer = await visit.graph(token, 'GET', `${em}/assignmentRequests`, undefined, headers);
    assert.equal(answer.status, 403);
    assert.equal(answer.body.error.code, 'Authorization_RequestDenied');
    assert.equal(answer.headers.get('client-request-id'), headers['client-request-id']);
    assert.equal(answer.body.error.innerError['client-request-id'], headers['client-request-id']);
    assert.equal(answer.body.error.innerError['request-id'], answer.headers.get('request-id'));
  });

  it('lets User.Read open the own entry only', async () => {
    const token = await visit.signIn('engineer', 'User.Read');
    const url = (key: string): string => `/v1.0/users/${personByKey(key)?.id}`;
    assert.equal((await visit.graph(token, 'GET', url('engineer'))).status, 200);
    assert.equal((await visit.graph(token, 'GET', url('manager'))).status, 403);
  });

  it('has no current user for the app itself', async () => {
    const app = await visit.appToken();
    const approvals = `${em}/accessPackageAssignmentApprovals`;
    const calls: [string, string, unknown][] = [
      ['GET', `${em}/accessPackages/filterByCurrentUser(on='allowedRequestor')`, undefined],
      ['GET', `${em}/assignmentRequests/filterByCurrentUser(on='target')`, undefined],
      ['GET', `${approvals}/filterByCurrentUser(on='approver')`, undefined],
      ['PATCH', `${approvals}/x/stages/y`, { reviewResult: 'Approve' }],
    ];
    for (const [method, path, body] of calls) {
      assert.equal((await visit.graph(app, method, path, body)).status, 403, path);
    }
    assert.equal((await visit.graph(app, 'GET', '/v1.0/me')).status, 400);
    assert.equal((await visit.graph(app, 'GET', `${em}/assignmentRequests`)).status, 200);
  });

  it('shows an administrator what was consented to', async () => {
    await visit.control('POST', '/people/security/consent', { grant: ['Application.Read.All'] });
    const token = await visit.signIn('security', 'Application.Read.All');
    const found = await visit.graph(
      token,
      'GET',
      "/v1.0/servicePrincipals?$filter=displayName eq 'Latchkey'",
    );
    const grants = await visit.graph(
      token,
      'GET',
      `/v1.0/servicePrincipals/${found.body.value[0].id}/oauth2PermissionGrants`,
    );
    const [onGraph, onAzure, ...more] = grants.body.value;
    assert.match(onGraph.scope, /EntitlementManagement\.ReadWrite\.All/);
    assert.doesNotMatch(onGraph.scope, /management\.azure\.com|user_impersonation/);
    assert.equal(onAzure.scope, 'user_impersonation');
    assert.deepEqual(more, []);
    const azure = await visit.graph(token, 'GET', `/v1.0/servicePrincipals/${onAzure.resourceId}`);
    assert.equal(azure.body.appId, '797f4846-ba00-4fd7-ba71-dba1f031c013');
  });
});
