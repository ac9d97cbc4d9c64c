import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  type AzureVisit,
  blobReader,
  cognitive,
  provider,
  requests,
  version,
  visitAzure,
} from './azure-visit.js';
import type { Answer } from './visit.js';

const eligible = `${provider}/roleEligibilityScheduleInstances`;

describe('practice Azure, who may call it', () => {
  let visit: AzureVisit;
  before(async () => {
    visit = await visitAzure();
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const refused = ({ status, body }: Answer): string => `${status} ${body?.error?.code}`;
  const look = (bearer: string): Promise<Answer> =>
    visit.arm(bearer, 'GET', `${eligible}?${version}&$filter=asTarget()`);

  it('wants a person’s token for this host', async () => {
    const graph = await look(await visit.signIn('engineer', 'User.Read'));
    assert.equal(refused(graph), '401 InvalidAuthenticationTokenAudience');
    assert.match(graph.headers.get('www-authenticate') ?? '', /^Bearer authorization_uri="https:/);
    assert.equal(refused(await look(await visit.appToken())), '401 InvalidAuthenticationTokenAudience');
    assert.equal(refused(await look('nonsense')), '401 InvalidAuthenticationToken');
    assert.equal(refused(await look('')), '401 AuthenticationFailed');
    const good = await visit.azureToken('engineer');
    assert.equal((await look(good)).status, 200);
    await visit.control('POST', '/people/engineer/account', { enabled: false });
    assert.equal(refused(await look(good)), '401 InvalidAuthenticationToken');
  });

  it('does not open Graph', async () => {
    const token = await visit.azureToken('engineer');
    assert.equal((await visit.graph(token, 'GET', '/v1.0/me')).status, 401);
  });

  it('wants a version that it knows', async () => {
    const at = (path: string): Promise<Answer> => visit.as('engineer', 'GET', path);
    assert.equal(refused(await at(eligible)), '400 MissingApiVersionParameter');
    assert.equal(refused(await at(`${eligible}?api-version=2015-07-01`)), '400 InvalidApiVersionParameter');
    const stages = `${provider}/roleAssignmentApprovals/${randomUUID()}/stages`;
    assert.equal(refused(await at(`${stages}?${version}`)), '400 InvalidApiVersionParameter');
    assert.equal(
      refused(await at(`${stages}?api-version=2021-01-01-preview`)),
      '404 RoleAssignmentApprovalNotFound',
    );
    assert.equal(refused(await at(`/subscriptions?${version}`)), '404 InvalidResourceType');
    assert.equal(refused(await at(`${provider}/somethingElse?${version}`)), '404 InvalidResourceType');
  });

  it('lets nobody read about others, or manage them', async () => {
    for (const type of ['roleEligibilityScheduleInstances', 'roleAssignmentScheduleInstances'])
      for (const filter of ['', '&$filter=atScope()', `&$filter=principalId eq '${randomUUID()}'`]) {
        const path = `${blobReader.scope}${provider}/${type}?${version}${filter}`;
        assert.equal(refused(await visit.as('engineer', 'GET', path)), '403 AuthorizationFailed', path);
      }
    const all = `${requests}?${version}`;
    assert.equal(refused(await visit.as('security', 'GET', all)), '403 AuthorizationFailed');
    const assigned = await visit.ask('engineer', blobReader, { requestType: 'AdminAssign' });
    assert.equal(refused(assigned), '403 AuthorizationFailed');
  });

  it('refuses what it cannot read, and what somebody is not eligible for', async () => {
    const put = (path: string, body: object): Promise<Answer> => visit.as('engineer', 'PUT', path, body);
    const good = await visit.body('engineer', blobReader);
    const at = `${blobReader.scope}${requests}`;
    assert.equal((await put(`${at}/not-a-guid?${version}`, good)).status, 400);
    assert.equal((await put(`${at}/${randomUUID()}?${version}`, {})).status, 400);
    const unlinked = await visit.ask('engineer', blobReader, { linkedRoleEligibilityScheduleId: null });
    assert.equal(unlinked.status, 400);
    const elsewhere = await put(`${cognitive.scope}${requests}/${randomUUID()}?${version}`, good);
    assert.equal(elsewhere.status, 400);
    assert.equal(refused(await visit.ask('finance', blobReader)), '400 BadRequest');
    assert.equal((await visit.as('engineer', 'GET', `${at}/${randomUUID()}?${version}`)).status, 404);
  });

  it('is logged and hit by faults like Graph', async () => {
    const fault = { match: { service: 'azure', path: 'asTarget' }, do: { status: 429, retryAfter: 3 } };
    await visit.control('POST', '/faults', fault);
    const token = await visit.azureToken('engineer');
    const hit = await look(token);
    assert.equal(refused(hit), '429 TooManyRequests');
    assert.equal(hit.headers.get('retry-after'), '3');
    assert.equal((await look(token)).status, 200);
    const { body } = await visit.control('GET', '/requests?service=azure');
    assert.deepEqual(
      body.map(({ status, token: whose, path }: Record<string, unknown>) => [status, whose, path]),
      [429, 200].map((status) => [status, 'user', `${eligible}?${version}&$filter=asTarget()`]),
    );
  });
});
