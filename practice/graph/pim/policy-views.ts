import { groupById } from '../../world/groups.js';
import { tenantId } from '../../world/people.js';
import type { Approver, Target, TargetRules } from '../../world/pim/records.js';
import { directoryPerson } from '../../world/reviewed-people.js';
import type { Version } from '../call.js';
import type { Entity } from '../entity.js';

interface Place {
  readonly caller: 'Admin' | 'EndUser';
  readonly level: 'Eligibility' | 'Assignment';
}

const places: readonly Place[] = [
  { caller: 'Admin', level: 'Eligibility' },
  { caller: 'Admin', level: 'Assignment' },
  { caller: 'EndUser', level: 'Assignment' },
];
const activation: Place = { caller: 'EndUser', level: 'Assignment' };

/** The policy of a role in the whole directory, or of the members or owners of a group. */
export function policyEntity(target: Target, version: Version): Entity {
  const id = policyIdOf(target);
  const rules = (): Entity[] => ruleEntities(target.rules, version);
  return {
    type: 'unifiedRoleManagementPolicy',
    props: {
      id,
      displayName: target.kind === 'role' ? 'DirectoryRole' : 'Group',
      description: target.kind === 'role' ? 'DirectoryRole' : 'Group',
      isOrganizationDefault: false,
      scopeId: target.kind === 'role' ? '/' : target.id,
      scopeType: target.kind === 'role' ? 'DirectoryRole' : 'Group',
      lastModifiedDateTime: null,
      lastModifiedBy: { displayName: null, id: null },
    },
    nav: { rules, effectiveRules: rules },
  };
}

/** `scopeType` comes back as it was asked for: the directory goes by two names. */
export function policyAssignmentEntity(target: Target, scopeType: string, version: Version): Entity {
  const policyId = policyIdOf(target);
  const roleDefinitionId = target.kind === 'role' ? target.id : target.scope;
  return {
    type: 'unifiedRoleManagementPolicyAssignment',
    props: {
      id: `${policyId}_${roleDefinitionId}`,
      policyId,
      roleDefinitionId,
      scopeId: target.kind === 'role' ? '/' : target.id,
      scopeType,
    },
    nav: { policy: () => policyEntity(target, version) },
  };
}

export function policyIdOf({ kind, id, policyId }: Target): string {
  return kind === 'role' ? `DirectoryRole_${tenantId}_${policyId}` : `Group_${id}_${policyId}`;
}

export function ruleEntities(rules: TargetRules, version: Version): Entity[] {
  return [
    ...places.flatMap((place) => [expiration(place, rules), enablement(place, rules), ...notices(place)]),
    rule('Approval', 'ApprovalRule', activation, { setting: approvalSetting(rules, version) }),
    rule('AuthenticationContext', 'AuthenticationContextRule', activation, {
      isEnabled: rules.context !== '',
      claimValue: rules.context,
    }),
  ];
}

function expiration(place: Place, { longest }: TargetRules): Entity {
  const mine = place.caller === 'EndUser';
  const limits = { isExpirationRequired: mine, maximumDuration: mine ? longest : 'P365D' };
  return rule('Expiration', 'ExpirationRule', place, limits);
}

function enablement(place: Place, { enabled }: TargetRules): Entity {
  return rule('Enablement', 'EnablementRule', place, {
    enabledRules: place.caller === 'EndUser' ? enabled : [],
  });
}

function notices(place: Place): Entity[] {
  return ['Admin', 'Requestor', 'Approver'].map((recipientType) =>
    rule(`Notification_${recipientType}`, 'NotificationRule', place, {
      notificationType: 'Email',
      recipientType,
      notificationLevel: 'All',
      isDefaultRecipientsEnabled: true,
      notificationRecipients: [],
    }),
  );
}

function approvalSetting({ approvers, approverReason }: TargetRules, version: Version): unknown {
  const stage = {
    approvalStageTimeOutInDays: 1,
    isApproverJustificationRequired: approverReason,
    escalationTimeInMinutes: 0,
    isEscalationEnabled: false,
    primaryApprovers: (approvers ?? []).map((each) => approver(each, version)),
    escalationApprovers: [],
  };
  return {
    isApprovalRequired: approvers !== undefined,
    isApprovalRequiredForExtension: false,
    isRequestorJustificationRequired: true,
    approvalMode: approvers === undefined ? 'NoApproval' : 'SingleStage',
    approvalStages: [stage],
  };
}

// The two versions name the id of an approver differently.
function approver({ kind, id }: Approver, version: Version): unknown {
  const found = kind === 'user' ? directoryPerson(id) : groupById(id);
  const description = found?.displayName ?? null;
  const type = `#microsoft.graph.${kind === 'user' ? 'singleUser' : 'groupMembers'}`;
  if (version === 'beta') return { '@odata.type': type, id, isBackup: false, description };
  return { '@odata.type': type, description, ...(kind === 'user' ? { userId: id } : { groupId: id }) };
}

function rule(
  name: string,
  type: string,
  { caller, level }: Place,
  more: Readonly<Record<string, unknown>>,
): Entity {
  const target = { caller, operations: ['all'], level, inheritableSettings: [], enforcedSettings: [] };
  const full = `unifiedRoleManagementPolicy${type}`;
  return {
    type: full,
    props: {
      '@odata.type': `#microsoft.graph.${full}`,
      id: `${name}_${caller}_${level}`,
      ...more,
      target,
    },
  };
}
