import assert from 'node:assert/strict';
import { incidentResponders, platformAdmins } from '../../practice/world/groups.js';
import { tenantId } from '../../practice/world/people.js';
import { retrievalApp } from '../../practice/world/roles.js';
import {
  groupBase,
  groupRequests,
  idOf,
  mine,
  type PimVisit,
  roleBase,
  roleRequests,
  visitPim,
  type Wire,
} from './pim-visit.js';

const policies = '/v1.0/policies/roleManagementPolicyAssignments';
const all = '$expand=policy($expand=rules)';

describe('practice Graph: reading who may activate what', () => {
  let visit: PimVisit;
  before(async () => {
    visit = await visitPim();
  });
  after(() => visit.close());

  const own = async (key: string, base: string, query = ''): Promise<Wire[]> =>
    (await visit.as(key, 'GET', `${base}/${mine}${query}`)).body.value;

  it('shows everybody their own eligibilities, those of their groups too', async () => {
    const path = `${roleBase}/roleEligibilityScheduleInstances`;
    const found = await own('engineer', path, '?$expand=roleDefinition,directoryScope');
    const lines = found.map((each) => [each.roleDefinition.displayName, each.memberType]);
    assert.deepEqual(lines.toSorted(), [
      ['AI Administrator', 'Direct'],
      ['Exchange Administrator', 'Group'],
      ['Groups Administrator', 'Direct'],
      ['Power Platform Administrator', 'Direct'],
      ['Security Administrator', 'Direct'],
    ]);
    assert.ok(found.every(({ principalId }) => principalId === idOf('engineer')));
    const unit = found.find((each) => each.directoryScopeId !== '/');
    assert.deepEqual(
      [unit?.directoryScope.displayName, unit?.roleDefinition.displayName],
      ['AI Lab', 'Groups Administrator'],
    );
    const ends = found.filter((each) => each.endDateTime !== null);
    assert.deepEqual(
      ends.map((each) => each.roleDefinition.displayName),
      ['Power Platform Administrator'],
    );
    assert.deepEqual(await own('finance', path), []);
    const groups = await own('engineer', `${groupBase}/eligibilityScheduleInstances`);
    assert.deepEqual(
      groups.map(({ groupId, accessId, memberType }) => [groupId, accessId, memberType]),
      [[platformAdmins.id, 'member', 'direct']],
    );
    assert.ok(groups[0]?.id.startsWith(`${platformAdmins.id}_member_`));
    const schedules = await own('engineer', `${roleBase}/roleEligibilitySchedules`);
    assert.deepEqual(
      schedules.map(({ id }) => id),
      found.map((each) => each.roleEligibilityScheduleId),
    );
  });

  it('lists what everybody has to the app and to readers, with groups as groups', async () => {
    const path = `${roleBase}/roleEligibilityScheduleInstances?$expand=principal`;
    assert.equal((await visit.as('engineer', 'GET', path)).status, 403);
    const read = (await visit.as('security', 'GET', path)).body.value;
    const app = (await visit.asApp(path)).body.value;
    assert.deepEqual(app, read);
    const group = app.find((each: Wire) => each.principalId === incidentResponders.id);
    assert.equal(group.principal['@odata.type'], '#microsoft.graph.group');
    const filter = `&$filter=principalId eq '${idOf('engineer')}' and directoryScopeId eq '/'`;
    assert.equal((await visit.as('engineer', 'GET', path + filter)).body.value.length, 3);
    const assigned = `${roleBase}/roleAssignmentScheduleInstances`;
    const holders = (
      await visit.asApp(
        `${assigned}?$filter=roleDefinitionId eq 'd2562ede-74db-457e-a7b6-544e236ebb61'&$expand=principal`,
      )
    ).body.value;
    assert.ok(holders.every((each: Wire) => each.assignmentType === 'Assigned' && each.endDateTime === null));
    const types = holders.map((each: Wire) => each.principal['@odata.type'].split('.').at(-1));
    assert.deepEqual(types.toSorted(), ['servicePrincipal', 'user', 'user']);
    const robot = holders.find((each: Wire) => each.principalId === retrievalApp.id);
    const one = await visit.asApp(`${assigned}/${robot.id}`);
    assert.deepEqual([one.status, one.body.id], [200, robot.id]);
    assert.equal((await visit.as('engineer', 'GET', `${assigned}/${robot.id}`)).status, 403);
    assert.equal((await visit.asApp(`${assigned}/nothing`)).status, 404);
  });

  it('wants to know about which group or whom a list of groups is', async () => {
    const path = `${groupBase}/assignmentScheduleInstances`;
    assert.equal((await visit.asApp(path)).status, 400);
    const byGroup = `${path}?$filter=groupId eq '${platformAdmins.id}'`;
    const found = (await visit.asApp(`${byGroup}&$expand=group,principal`)).body.value;
    const lines = found.map((each: Wire) => [each.accessId, each.principal.displayName, each.assignmentType]);
    assert.deepEqual(lines.toSorted(), [
      ['member', 'Ingrid Balasuntharam', 'assigned'],
      ['member', 'Olumide Castellane', 'assigned'],
      ['owner', 'Olumide Castellane', 'assigned'],
    ]);
    assert.equal((await visit.as('engineer', 'GET', byGroup)).status, 403);
    const self = `${groupBase}/eligibilitySchedules?$filter=principalId eq '${idOf('engineer')}'`;
    assert.equal((await visit.as('engineer', 'GET', self)).body.value.length, 1);
  });

  it('keeps requests from the app, and refuses filters that the service does not know', async () => {
    assert.equal((await visit.asApp(roleRequests)).status, 403);
    assert.equal(
      (await visit.asApp(`${groupRequests}?$filter=groupId eq '${platformAdmins.id}'`)).status,
      403,
    );
    const as = (query: string) => visit.as('security', 'GET', `${roleRequests}?${query}`);
    for (const query of ["$filter=status eq 'PendingApproval'", '$orderby=createdDateTime']) {
      const { status, body } = await as(query);
      assert.deepEqual([status, body.error.code], [400, 'InvalidFilter']);
    }
    const asked = (await visit.ask('engineer', 'ai-admin')).body;
    const mineOnly = `$filter=principalId eq '${idOf('engineer')}'`;
    assert.deepEqual((await as(mineOnly)).body.value[0].id, asked.id);
    assert.equal((await visit.as('engineer', 'GET', roleRequests)).status, 403);
    assert.equal((await visit.as('finance', 'GET', `${roleRequests}/${asked.id}`)).status, 403);
    assert.equal((await visit.as('manager', 'GET', `${roleRequests}/${asked.id}`)).status, 200);
    const createdBy = `${roleRequests}/filterByCurrentUser(on='createdBy')`;
    assert.equal((await visit.as('engineer', 'GET', createdBy)).status, 400);
    // Reading these takes a write scope, which nobody has agreed to.
    const eligible = `${roleBase}/roleEligibilityScheduleRequests/${mine}`;
    assert.equal((await visit.as('engineer', 'GET', eligible)).status, 403);
  });

  it('shows a policy with its seventeen rules, once the scope is named', async () => {
    assert.equal((await visit.asApp(policies)).status, 400);
    assert.equal((await visit.asApp(`${policies}?$filter=scopeId eq '/'`)).status, 400);
    const scope = "scopeId eq '/' and scopeType eq 'DirectoryRole'";
    const role = 'd2562ede-74db-457e-a7b6-544e236ebb61';
    const path = `${policies}?$filter=${scope} and roleDefinitionId eq '${role}'&${all}`;
    const [found, ...more] = (await visit.asApp(path)).body.value;
    assert.deepEqual(more, []);
    assert.ok(found.policyId.startsWith(`DirectoryRole_${tenantId}_`));
    assert.equal(found.id, `${found.policyId}_${role}`);
    const { rules } = found.policy;
    assert.equal(new Set(rules.map(({ id }: Wire) => id)).size, 17);
    const rule = (name: string) => rules.find(({ id }: Wire) => id === `${name}_EndUser_Assignment`);
    assert.equal(rule('Expiration').maximumDuration, 'PT4H');
    assert.deepEqual(rule('Enablement').enabledRules, ['Justification', 'Ticketing']);
    assert.deepEqual(
      [rule('AuthenticationContext').isEnabled, rule('AuthenticationContext').claimValue],
      [true, 'c1'],
    );
    const [stage] = rule('Approval').setting.approvalStages;
    assert.deepEqual(
      stage.primaryApprovers.map((each: Wire) => [each['@odata.type'], each.userId]),
      ['security', 'manager'].map((key) => ['#microsoft.graph.singleUser', idOf(key)]),
    );
    assert.equal(stage.isApproverJustificationRequired, true);
    const beta = (await visit.asApp(path.replace('v1.0', 'beta'))).body.value[0].policy.rules;
    const setting = beta.find(({ id }: Wire) => id === 'Approval_EndUser_Assignment').setting;
    assert.equal(setting.approvalStages[0].primaryApprovers[0].id, idOf('security'));
    const ruleList = `/v1.0/policies/roleManagementPolicies/${found.policyId}/effectiveRules`;
    assert.equal((await visit.asApp(ruleList)).body.value.length, 17);
    const one = `/v1.0/policies/roleManagementPolicies/${found.policyId}/rules/Expiration_EndUser_Assignment`;
    assert.equal((await visit.asApp(one)).body.maximumDuration, 'PT4H');
  });

  it('tells members and owners of a group apart, and people without approval from those with nobody named', async () => {
    const of = async (group: string, access: string) => {
      const filter = `scopeId eq '${group}' and scopeType eq 'Group' and roleDefinitionId eq '${access}'`;
      const [found] = (await visit.asApp(`${policies}?$filter=${filter}&${all}`)).body.value;
      return found.policy.rules.find(({ id }: Wire) => id === 'Approval_EndUser_Assignment').setting;
    };
    assert.equal((await of(platformAdmins.id, 'member')).isApprovalRequired, true);
    assert.deepEqual((await of(platformAdmins.id, 'owner')).isApprovalRequired, false);
    assert.equal((await of(incidentResponders.id, 'owner')).approvalMode, 'NoApproval');
    const nobody = `${policies}?$filter=scopeId eq '/' and scopeType eq 'Directory' and roleDefinitionId eq 'f2ef992c-3afb-46b9-b7cf-a126ee74c451'&${all}`;
    const [reader] = (await visit.asApp(nobody)).body.value;
    const { setting } = reader.policy.rules.find(({ id }: Wire) => id === 'Approval_EndUser_Assignment');
    assert.deepEqual([setting.isApprovalRequired, setting.approvalStages[0].primaryApprovers], [true, []]);
    await visit.control('POST', '/consents', {
      application: { withdraw: ['RoleManagementPolicy.Read.AzureADGroup'] },
    });
    const group = `${policies}?$filter=scopeId eq '${platformAdmins.id}' and scopeType eq 'Group'`;
    assert.equal((await visit.asApp(group)).status, 403);
    assert.equal((await visit.asApp(nobody)).status, 200);
  });
});
