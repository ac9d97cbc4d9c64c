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

const mine = '$filter=asTarget()';

describe('the rules of practice Azure roles', () => {
  let visit: AzureVisit;
  before(async () => {
    visit = await visitAzure();
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const list = async (key: string, type: string, scope = '', filter = mine): Promise<Answer> =>
    visit.as(key, 'GET', `${scope}${provider}/${type}?${version}&${filter}`);
  const refused = ({ status, body }: Answer): string => `${status} ${body?.error?.code}`;
  it('names every rule that failed, and keeps nothing of a check', async () => {
    const scheduleInfo = { expiration: { type: 'AfterDuration', duration: 'PT9H' } };
    const bad = { justification: '', ticketInfo: null, scheduleInfo };
    const refusal = await visit.ask('engineer', cognitive, bad);
    assert.equal(refused(refusal), '400 RoleAssignmentRequestPolicyValidationFailed');
    for (const rule of ['JustificationRule', 'TicketingRule', 'ExpirationRule'])
      assert.match(refusal.body.error.message, new RegExp(rule));
    const check = async (properties: object): Promise<Answer> => {
      const path = `${cognitive.scope}${requests}/${randomUUID()}/validate?${version}`;
      return visit.as('engineer', 'POST', path, await visit.body('engineer', cognitive, properties));
    };
    assert.equal(refused(await check(bad)), '400 RoleAssignmentRequestPolicyValidationFailed');
    assert.equal((await check({})).status, 200);
    assert.deepEqual((await list('engineer', 'roleAssignmentScheduleRequests')).body.value, []);
  });

  it('demands a stronger sign-in where the rules say so', async () => {
    await visit.control('POST', '/pim/rules', { target: 'blob-reader', context: 'c1' });
    const asked = await visit.ask('engineer', blobReader);
    assert.equal(refused(asked), '400 RoleAssignmentRequestAcrsValidationFailed');
    const { message } = asked.body.error;
    assert.match(message, /^&claims=%7B/);
    const challenge = JSON.parse(decodeURIComponent(message.slice('&claims='.length)));
    const path = `${blobReader.scope}${requests}/${randomUUID()}?${version}`;
    const put = async (claims: object): Promise<Answer> => {
      const bearer = await visit.azureToken('engineer', JSON.stringify(claims));
      return visit.arm(bearer, 'PUT', path, await visit.body('engineer', blobReader));
    };
    assert.equal(refused(await put(challenge)), '400 RoleAssignmentRequestAcrsValidationFailed');
    const able = { access_token: { ...challenge.access_token, xms_cc: { values: ['cp1'] } } };
    assert.equal((await put(able)).status, 201);
  });

  it('tells the rules of a role to whoever it concerns', async () => {
    const path = `${cognitive.scope}${provider}/roleManagementPolicyAssignments?${version}&$filter=roleDefinitionId eq '${cognitive.role}'`;
    const { status, body } = await visit.as('engineer', 'GET', path);
    assert.equal(status, 200);
    const [{ properties }] = body.value;
    const rules = properties.effectiveRules;
    assert.equal(rules.length, 17);
    const rule = (id: string): Record<string, unknown> =>
      rules.find((each: { id: string }) => each.id === id);
    const expiration = rule('Expiration_EndUser_Assignment');
    assert.equal(expiration.ruleType, 'RoleManagementPolicyExpirationRule');
    assert.equal(expiration.maximumDuration, 'PT4H');
    assert.deepEqual(rule('Enablement_EndUser_Assignment').enabledRules, ['Justification', 'Ticketing']);
    assert.equal(rule('AuthenticationContext_EndUser_Assignment').claimValue, '');
    const { setting } = rule('Approval_EndUser_Assignment') as {
      setting: { isApprovalRequired: boolean; approvalStages: { primaryApprovers: object[] }[] };
    };
    assert.equal(setting.isApprovalRequired, true);
    const { id, displayName: description } = personByKey('appowner') ?? {};
    assert.deepEqual(setting.approvalStages[0]?.primaryApprovers, [
      { id, description, isBackup: false, userType: 'User' },
    ]);
    assert.equal((await visit.as('appowner', 'GET', path)).status, 200);
    assert.equal(refused(await visit.as('finance', 'GET', path)), '403 AuthorizationFailed');
  });

  it('comes in pages whose links name the real host', async () => {
    await visit.control('POST', '/pages', { azure: 1 });
    const first = await list('engineer', 'roleEligibilityScheduleInstances');
    assert.equal(first.body.value.length, 1);
    const next = new URL(first.body.nextLink);
    assert.equal(next.origin, 'https://management.azure.com');
    const second = await visit.as('engineer', 'GET', `${next.pathname}${next.search}`);
    assert.equal(second.body.value.length, 1);
    assert.notEqual(second.body.value[0].id, first.body.value[0].id);
    assert.equal(second.body.nextLink, undefined);
  });
});
