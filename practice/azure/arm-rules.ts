import { groupById } from '../world/groups.js';
import type { Approver, Target } from '../world/pim/records.js';
import { directoryPerson } from '../world/reviewed-people.js';
import { armId, roleDefinitionId } from './arm-ids.js';
import { scopeType } from './arm-views.js';

interface Place {
  readonly caller: 'Admin' | 'EndUser';
  readonly level: 'Eligibility' | 'Assignment';
}

const places: readonly Place[] = [
  { caller: 'Admin', level: 'Eligibility' },
  { caller: 'Admin', level: 'Assignment' },
  { caller: 'EndUser', level: 'Assignment' },
];

/** The policy of one role at one scope, with all the rules that hold there. */
export function policyAssignmentView(target: Target): unknown {
  const { scope, policyId } = target;
  const name = `${policyId}_${target.id}`;
  const definition = roleDefinitionId(scope, target.id);
  const policy = armId(scope, 'roleManagementPolicies', policyId);
  return {
    properties: {
      ...{ scope, roleDefinitionId: definition, policyId: policy },
      effectiveRules: effectiveRules(target),
      policyAssignmentProperties: {
        scope: { id: scope, displayName: target.scopeName, type: scopeType(scope) },
        roleDefinition: { id: definition, displayName: target.name, type: 'BuiltInRole' },
        policy: { id: policy, lastModifiedBy: null, lastModifiedDateTime: null },
      },
    },
    ...{ name, id: armId(scope, 'roleManagementPolicyAssignments', name) },
    type: 'Microsoft.Authorization/roleManagementPolicyAssignments',
  };
}

function effectiveRules({ rules }: Target): readonly unknown[] {
  const end = { caller: 'EndUser', level: 'Assignment' } as const;
  return [
    ...places.flatMap((place) => [expiration(place, rules), enablement(place, rules), ...notices(place)]),
    rule('Approval', 'ApprovalRule', end, { setting: approvalSetting(rules) }),
    rule('AuthenticationContext', 'AuthenticationContextRule', end, {
      isEnabled: rules.context !== '',
      claimValue: rules.context,
    }),
  ];
}

function expiration(place: Place, { longest }: Target['rules']): unknown {
  const mine = place.caller === 'EndUser';
  const fields = { isExpirationRequired: mine, maximumDuration: mine ? longest : 'P365D' };
  return rule('Expiration', 'ExpirationRule', place, fields);
}

function enablement(place: Place, { enabled }: Target['rules']): unknown {
  const enabledRules = place.caller === 'EndUser' ? enabled : [];
  return rule('Enablement', 'EnablementRule', place, { enabledRules });
}

function notices(place: Place): unknown[] {
  return ['Admin', 'Requestor', 'Approver'].map((recipientType) =>
    rule(`Notification_${recipientType}`, 'NotificationRule', place, {
      ...{ notificationType: 'Email', recipientType, notificationLevel: 'All' },
      ...{ isDefaultRecipientsEnabled: true, notificationRecipients: null },
    }),
  );
}

function approvalSetting({ approvers, approverReason }: Target['rules']): unknown {
  const stage = {
    approvalStageTimeOutInDays: 1,
    isApproverJustificationRequired: approverReason,
    escalationTimeInMinutes: 0,
    primaryApprovers: approvers?.map(approver) ?? [],
    ...{ isEscalationEnabled: false, escalationApprovers: null },
  };
  return {
    isApprovalRequired: approvers !== undefined,
    isApprovalRequiredForExtension: false,
    isRequestorJustificationRequired: true,
    approvalMode: 'SingleStage',
    approvalStages: [stage],
  };
}

function approver({ kind, id }: Approver): unknown {
  const found = kind === 'user' ? directoryPerson(id) : groupById(id);
  const description = found?.displayName ?? null;
  return { id, description, isBackup: false, userType: kind === 'user' ? 'User' : 'Group' };
}

function rule(id: string, type: string, { caller, level }: Place, fields: object): unknown {
  const target = {
    ...{ caller, operations: ['All'], level },
    ...{ targetObjects: null, inheritableSettings: null, enforcedSettings: null },
  };
  return { ...fields, id: `${id}_${caller}_${level}`, ruleType: `RoleManagementPolicy${type}`, target };
}
