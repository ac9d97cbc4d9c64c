import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { personByKey } from '../../practice/world/people.js';
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

const approvalVersion = 'api-version=2021-01-01-preview';
const mine = '$filter=asTarget()';

describe('practice Azure roles', () => {
  let visit: AzureVisit;
  before(async () => {
    visit = await visitAzure();
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const list = async (key: string, type: string, scope = '', filter = mine): Promise<Answer> =>
    visit.as(key, 'GET', `${scope}${provider}/${type}?${version}&${filter}`);
  const active = async (key: string, scope = ''): Promise<string[]> =>
    (await list(key, 'roleAssignmentScheduleInstances', scope)).body.value.map(
      (each: { properties: { assignmentType: string; expandedProperties: Named } }) =>
        `${each.properties.expandedProperties.roleDefinition.displayName} ${each.properties.assignmentType}`,
    );
  const again = async (key: string, { body }: Answer): Promise<Answer> =>
    visit.as(key, 'GET', `${body.id}?${version}`);
  const statusOf = async (key: string, asked: Answer): Promise<string> =>
    (await again(key, asked)).body.properties.status;
  const refused = ({ status, body }: Answer): string => `${status} ${body?.error?.code}`;
  const decide = async (key: string, asked: Answer, body: object, method = 'PATCH'): Promise<Answer> => {
    const { approvalId } = asked.body.properties;
    const stages = await visit.as(key, 'GET', `${approvalId}/stages?${approvalVersion}`);
    if (stages.status !== 200) return stages;
    return visit.as(key, method, `${stages.body.value[0].id}?${approvalVersion}`, body);
  };

  interface Named {
    readonly roleDefinition: { readonly displayName: string };
  }

  it('lists what somebody may activate, everywhere and at a scope', async () => {
    const { body } = await list('engineer', 'roleEligibilityScheduleInstances');
    const names = body.value.map((each: { properties: { expandedProperties: Named } }) => [
      each.properties.expandedProperties.roleDefinition.displayName,
    ]);
    assert.deepEqual(names.flat().sort(), ['Cognitive Services Contributor', 'Storage Blob Data Reader']);
    const found = body.value.find(
      (each: { properties: { scope: string } }) => each.properties.scope === cognitive.scope,
    );
    assert.equal(found.type, 'Microsoft.Authorization/roleEligibilityScheduleInstances');
    assert.equal(found.id, `${cognitive.scope}${provider}/roleEligibilityScheduleInstances/${found.name}`);
    const { properties } = found;
    assert.equal(properties.roleDefinitionId, cognitive.role);
    assert.equal(properties.principalId, personByKey('engineer')?.id);
    assert.equal(properties.memberType, 'Direct');
    assert.equal(properties.expandedProperties.scope.displayName, 'rg-retrieval');
    assert.equal(properties.expandedProperties.scope.type, 'resourcegroup');
    assert.equal(properties.expandedProperties.principal.displayName, personByKey('engineer')?.displayName);
    const here = await list('engineer', 'roleeligibilityscheduleinstances', cognitive.scope.toUpperCase());
    assert.equal(here.body.value.length, 2, 'at the scope and above it');
    const elsewhere = await list('engineer', 'roleEligibilityScheduleInstances', '/subscriptions/other');
    assert.deepEqual(elsewhere.body.value, []);
    assert.deepEqual((await list('finance', 'roleEligibilityScheduleInstances')).body.value, []);
  });

  it('activates at once where nobody has to approve, and ends it', async () => {
    const asked = await visit.ask('engineer', blobReader);
    assert.equal(asked.status, 201, JSON.stringify(asked.body));
    assert.equal(asked.body.properties.status, 'Provisioned');
    assert.equal(asked.body.properties.requestType, 'SelfActivate');
    assert.equal(asked.body.properties.approvalId, null);
    assert.equal(asked.body.properties.scheduleInfo.expiration.duration, 'PT1H');
    await visit.later('PT2S');
    assert.deepEqual(await active('engineer'), ['Storage Blob Data Reader Activated']);
    assert.equal(refused(await visit.ask('engineer', blobReader)), '400 RoleAssignmentExists');
    const end = { requestType: 'SelfDeactivate', scheduleInfo: undefined };
    assert.equal(refused(await visit.ask('engineer', blobReader, end)), '400 ActiveDurationTooShort');
    await visit.later('PT5M');
    const ended = await visit.ask('engineer', blobReader, end);
    assert.equal(ended.status, 201);
    assert.equal(ended.body.properties.status, 'Revoked');
    assert.equal(ended.body.properties.requestType, 'SelfDeactivate');
    assert.deepEqual(await active('engineer'), []);
    assert.equal(refused(await visit.ask('engineer', blobReader, end)), '400 RoleAssignmentDoesNotExist');
  });

  it('is over at the end of its window', async () => {
    await visit.ask('engineer', blobReader);
    await visit.later('PT59M');
    assert.equal((await active('engineer')).length, 1);
    await visit.later('PT2M');
    assert.deepEqual(await active('engineer'), []);
  });

  it('knows a body that comes again under the same GUID', async () => {
    const path = `${blobReader.scope}${requests}/${randomUUID()}?${version}`;
    const body = await visit.body('engineer', blobReader);
    const first = await visit.as('engineer', 'PUT', path, body);
    await visit.restart();
    const second = await visit.arm(await visit.azureToken('engineer'), 'PUT', path, body);
    assert.deepEqual([first.status, second.status], [201, 200]);
    assert.equal(second.body.name, first.body.name);
    const other = await visit.body('engineer', blobReader, { justification: 'something else' });
    assert.equal(refused(await visit.as('engineer', 'PUT', path, other)), '409 Conflict');
    assert.equal(refused(await visit.as('finance', 'PUT', path, body)), '409 Conflict');
    const all = await list('engineer', 'roleAssignmentScheduleRequests');
    assert.equal(all.body.value.length, 1);
  });

  it('waits for an approver, who sees it, decides it once, and is logged', async () => {
    const asked = await visit.ask('engineer', cognitive);
    assert.equal(asked.body.properties.status, 'PendingApproval');
    assert.equal(asked.body.properties.scheduleInfo.startDateTime, null);
    const again = await visit.ask('engineer', cognitive);
    assert.equal(refused(again), '400 PendingRoleAssignmentRequest');
    const waiting = await list('appowner', 'roleAssignmentScheduleRequests', '', '$filter=asApprover()');
    assert.deepEqual(
      waiting.body.value.map(({ name }: { name: string }) => name),
      [asked.body.name],
    );
    assert.equal(waiting.body.value[0].properties.justification, 'the index is stuck');
    assert.equal(waiting.body.value[0].properties.ticketInfo.ticketNumber, 'INC-4711');
    const nobody = await list('security', 'roleAssignmentScheduleRequests', '', '$filter=asApprover()');
    assert.deepEqual(nobody.body.value, []);
    const approval = { reviewResult: 'Approve', justification: 'seen in INC-4711' };
    assert.equal((await decide('security', asked, approval)).status, 403);
    assert.ok([403, 400].includes((await decide('engineer', asked, approval)).status));
    const done = await decide('appowner', asked, approval);
    assert.equal(done.status, 200, JSON.stringify(done.body));
    assert.equal(done.body.properties.reviewResult, 'Approved');
    assert.equal(done.body.properties.reviewedBy.principalId, personByKey('appowner')?.id);
    assert.equal((await decide('appowner', asked, approval)).status, 409);
    await visit.later('PT3S');
    assert.equal(await statusOf('engineer', asked), 'Provisioned');
    assert.deepEqual(await active('engineer'), ['Cognitive Services Contributor Activated']);
    const { body } = await visit.control('GET', '/entra');
    assert.equal(body.roles.asked[0].state, 'Provisioned');
    assert.equal(body.roles.asked[0].decision.by, personByKey('appowner')?.displayName);
    assert.equal(body.roles.active[0].role, 'Cognitive Services Contributor (rg-retrieval)');
    await visit.later('PT2H');
    assert.equal((await visit.control('GET', '/entra')).body.roles.asked[0].state, 'Ended');
    await visit.later('PT1M');
    const filter = `$filter=loggedByService eq 'PIM'&$orderby=activityDateTime`;
    const log = await visit.graph(await visit.appToken(), 'GET', `/v1.0/auditLogs/directoryAudits?${filter}`);
    assert.deepEqual(
      log.body.value.map((row: Record<string, string>) => [row.activityDisplayName, row.category]),
      [
        'Add member to role requested (PIM activation)',
        'Add member to role approval requested (PIM activation)',
        'Add member to role request approved (PIM activation)',
        'Add member to role completed (PIM activation)',
        'Remove member from role (PIM activation expired)',
      ].map((activity) => [activity, 'ResourceManagement']),
    );
    assert.equal(log.body.value[2].resultReason, 'seen in INC-4711');
    assert.equal(log.body.value[2].initiatedBy.user.id, personByKey('appowner')?.id);
  });

  it('takes a refusal inside the other envelope too', async () => {
    const asked = await visit.ask('engineer', cognitive);
    const denial = { properties: { reviewResult: 'Deny', justification: 'not today' } };
    assert.equal((await decide('appowner', asked, denial, 'PUT')).body.properties.reviewResult, 'Denied');
    assert.equal(await statusOf('engineer', asked), 'Denied');
    assert.equal((await decide('appowner', asked, { reviewResult: 'Maybe' })).status, 400);
  });

  it('times out after a day, and can be withdrawn before', async () => {
    const asked = await visit.ask('engineer', cognitive);
    assert.equal(
      refused(await visit.as('security', 'GET', `${asked.body.id}?${version}`)),
      '403 AuthorizationFailed',
    );
    await visit.later('PT25H');
    assert.equal(await statusOf('engineer', asked), 'TimedOut');
    const { body } = await visit.as(
      'appowner',
      'GET',
      `${asked.body.properties.approvalId}/stages?${approvalVersion}`,
    );
    assert.equal(body.value[0].properties.status, 'Expired');
    const other = await visit.ask('engineer', cognitive);
    const cancel = (key: string): Promise<Answer> =>
      visit.as(key, 'POST', `${other.body.id}/cancel?${version}`);
    assert.equal((await cancel('finance')).status, 403);
    assert.equal((await cancel('engineer')).status, 200);
    assert.equal(await statusOf('engineer', other), 'Canceled');
    assert.equal((await cancel('engineer')).status, 400);
  });

  it('begins later when it is asked to', async () => {
    const { body: clock } = await visit.control('GET', '/');
    const startDateTime = new Date(Date.parse(clock.clock.now) + 3_600_000).toISOString();
    const scheduleInfo = { startDateTime, expiration: { type: 'AfterDuration', duration: 'PT30M' } };
    const asked = await visit.ask('engineer', blobReader, { scheduleInfo });
    assert.equal(asked.body.properties.status, 'Granted');
    assert.equal(asked.body.properties.scheduleInfo.expiration.duration, 'PT30M');
    assert.deepEqual(await active('engineer'), []);
    await visit.later('PT1H5S');
    assert.equal(await statusOf('engineer', asked), 'Provisioned');
    assert.equal((await active('engineer')).length, 1);
  });
});
