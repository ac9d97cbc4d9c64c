import assert from 'node:assert/strict';
import { asStep } from '../../src/graph/pim/approval-step.js';
import { asAzureRoleInstance, asAzureRoleRequest, asAzureStage } from '../../src/graph/pim/azure-role.js';
import {
  asEligibleRole,
  asRoleInstance,
  asRoleRequest,
  asRoleSchedule,
} from '../../src/graph/pim/directory-role.js';
import { asEligibleMember, asMemberRequest } from '../../src/graph/pim/group-right.js';

const ada = 'aa000000-0000-4000-8000-00000000000a';
const role = 'd2562ede-74db-457e-a7b6-544e236ebb61';
const unit = '/administrativeUnits/bb000000-0000-4000-8000-00000000000b';
const createdAt = '2026-11-21T09:00:02Z';

describe('a role of Entra', () => {
  const item = {
    id: 'instance',
    principalId: ada.toUpperCase(),
    roleDefinitionId: role.toUpperCase(),
    directoryScopeId: '/',
    startDateTime: '2026-11-01T00:00:00Z',
    endDateTime: null,
    memberType: 'Direct',
    roleDefinition: { displayName: 'AI Administrator', description: 'Manages AI.' },
    directoryScope: null,
    principal: { '@odata.type': '#microsoft.graph.user', displayName: 'Ada', userPrincipalName: 'ada@x' },
  };
  const target = { kind: 'role', id: role, scope: '/' };

  it('can be eligible', () => {
    assert.deepEqual(asEligibleRole({ ...item, roleEligibilityScheduleId: 'schedule' }), {
      ...target,
      name: 'AI Administrator',
      scopeName: '',
      description: 'Manages AI.',
      since: '2026-11-01T00:00:00Z',
      until: undefined,
      throughGroup: false,
      scheduleId: 'schedule',
      principalId: ada,
      principal: { id: ada, name: 'Ada', kind: 'person' },
    });
  });

  it('says where it works, and through what', () => {
    const lab = { ...item, directoryScopeId: unit, memberType: 'group' };
    const named = asEligibleRole({ ...lab, directoryScope: { displayName: 'AI Lab' } });
    assert.deepEqual([named.scope, named.scopeName, named.throughGroup], [unit, 'AI Lab', true]);
    assert.equal(asEligibleRole(lab).scopeName, unit, 'a smaller scope never looks like the whole directory');
  });

  it('can be held, and tells an activation from a standing one in any case of letters', () => {
    const held = (assignmentType: string) =>
      asRoleInstance({ ...item, assignmentType, roleAssignmentScheduleId: 's', endDateTime: createdAt });
    assert.deepEqual([held('Activated').activated, held('activated').activated], [true, true]);
    assert.deepEqual([held('Assigned').activated, held('Assigned').endsAt], [false, createdAt]);
    assert.equal(held('Assigned').principal.kind, 'person');
  });

  it('can be planned', () => {
    const expiration = { type: 'afterDuration', endDateTime: null, duration: 'PT2H' };
    const scheduleInfo = { startDateTime: '2026-11-22T09:00:00Z', expiration };
    const planned = asRoleSchedule({ ...item, id: 's', assignmentType: 'Activated', scheduleInfo });
    assert.deepEqual(
      [planned.startsAt, planned.endsAt, planned.scheduleId],
      ['2026-11-22T09:00:00Z', '2026-11-22T11:00:00.000Z', 's'],
    );
    const odd = asRoleSchedule({ ...item, id: 's', scheduleInfo: { startDateTime: 'odd', expiration } });
    assert.equal(odd.endsAt, undefined);
  });

  it('can be asked for', () => {
    const asked = asRoleRequest({
      ...item,
      id: '9F2B',
      status: 'PendingApproval',
      action: 'SelfActivate',
      approvalId: '9f2b',
      targetScheduleId: 'schedule',
      createdDateTime: createdAt,
      justification: 'INC-4711 mailbox restore',
      scheduleInfo: { startDateTime: null, expiration: { type: 'afterDuration', duration: 'PT2H' } },
      ticketInfo: { ticketNumber: 'INC-4711', ticketSystem: 'ServiceNow' },
    });
    assert.deepEqual(asked, {
      id: '9f2b',
      target,
      name: 'AI Administrator',
      scopeName: '',
      principalId: ada,
      principalName: 'Ada',
      state: 'waiting',
      action: 'activate',
      approvalId: '9f2b',
      scheduleId: 'schedule',
      createdAt,
      justification: 'INC-4711 mailbox restore',
      ticket: { system: 'ServiceNow', number: 'INC-4711' },
      startsAt: undefined,
      minutes: 120,
    });
  });

  it('can be asked for with almost nothing said', () => {
    const bare = { id: '1', roleDefinitionId: role, status: 'Revoked', action: 'selfDeactivate' };
    const { state, action, ticket, minutes, principalId } = asRoleRequest(bare);
    assert.deepEqual([state, action, minutes, principalId], ['revoked', 'deactivate', 0, '']);
    assert.deepEqual(ticket, { system: '', number: '' });
    const until = { startDateTime: createdAt, expiration: { endDateTime: '2026-11-21T10:00:02Z' } };
    const admin = asRoleRequest({ ...bare, action: 'adminAssign', scheduleInfo: until });
    assert.deepEqual([admin.action, admin.minutes], ['other', 60]);
    assert.throws(() => asRoleRequest({ id: '1' }), { code: 'graph.broken-answer' });
  });
});

describe('a right in a group', () => {
  const item = { groupId: 'BB000000-0000-4000-8000-00000000000B', accessId: 'Owner', principalId: ada };

  it('is to be a member of it, or an owner', () => {
    const found = asEligibleMember({ ...item, memberType: 'Direct', eligibilityScheduleId: 's' });
    assert.deepEqual([found.kind, found.id, found.scope], ['group', item.groupId.toLowerCase(), 'owner']);
  });

  it('is asked for like a role', () => {
    const asked = asMemberRequest({ ...item, id: '1', status: 'Provisioned', action: 'selfActivate' });
    const target = { kind: 'group', id: item.groupId.toLowerCase(), scope: 'owner' };
    assert.deepEqual([asked.target, asked.state, asked.id], [target, 'active', '1']);
  });
});

describe('a role of Azure', () => {
  const subscription = '/subscriptions/CC000000-0000-4000-8000-00000000000C';
  const properties = {
    scope: `${subscription}/resourceGroups/rg-Retrieval`,
    roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/25FB`,
    principalId: ada,
    expandedProperties: {
      principal: { displayName: 'Ada' },
      roleDefinition: { displayName: 'Cognitive Services Contributor' },
      scope: { displayName: 'rg-retrieval' },
    },
  };

  it('has an id and a scope that compare, however they are spelled', () => {
    const found = asAzureRoleInstance({ properties: { ...properties, assignmentType: 'Activated' } });
    assert.equal(found.id, properties.roleDefinitionId.toLowerCase());
    assert.equal(found.scope, properties.scope.toLowerCase());
    assert.deepEqual([found.activated, found.scopeName], [true, 'rg-retrieval']);
  });

  it('is asked for with an id that is its name', () => {
    const asked = asAzureRoleRequest({
      name: 'DD00',
      id: `${subscription}/providers/Microsoft.Authorization/roleAssignmentScheduleRequests/DD00`,
      properties: {
        ...properties,
        status: 'TimedOut',
        requestType: 'SelfActivate',
        createdOn: createdAt,
        approvalId: '/providers/Microsoft.Authorization/roleAssignmentApprovals/DD00',
        targetRoleAssignmentScheduleId: '/x/roleAssignmentSchedules/s',
        scheduleInfo: { startDateTime: createdAt, expiration: { type: 'AfterDuration', duration: 'PT1H' } },
      },
    });
    assert.deepEqual(
      [asked.id, asked.state, asked.action, asked.minutes, asked.scheduleId, asked.createdAt],
      ['dd00', 'expired', 'activate', 60, 's', createdAt],
    );
    assert.deepEqual([asked.principalName, asked.name], ['Ada', 'Cognitive Services Contributor']);
  });

  it('is decided in stages that read like the steps of Graph', () => {
    const reviewed = {
      status: 'Completed',
      reviewResult: 'approved',
      justification: 'ok',
      assignedToMe: true,
    };
    const at = { reviewedDateTime: createdAt };
    const step = asStep({ ...reviewed, ...at, id: 's', reviewedBy: { id: ada, displayName: 'Ada' } });
    const by = { principalId: ada, principalName: 'Ada', principalType: 'User' };
    assert.deepEqual(asAzureStage({ name: 's', properties: { ...reviewed, ...at, reviewedBy: by } }), step);
    assert.deepEqual([step.result, step.reviewedBy], ['Approved', { id: ada, name: 'Ada' }]);
    const fresh = asStep({ id: 's', status: 'InProgress', reviewResult: null, reviewedBy: null });
    assert.deepEqual([fresh.result, fresh.reviewedBy, fresh.assignedToMe], ['NotReviewed', undefined, false]);
  });
});
