import type { PracticeContext } from '../context.js';
import { groupById } from '../world/groups.js';
import type { Eligible, Holding } from '../world/pim/held.js';
import type { PimRequest, TargetRef } from '../world/pim/records.js';
import { directoryPerson } from '../world/reviewed-people.js';
import { armId, roleDefinitionId } from './arm-ids.js';

/** What Azure says of a schedule, an activation or a request: the same records, in its own words. */

const noCondition = { condition: null, conditionVersion: null };

export function eligibleView(ctx: PracticeContext, found: Eligible): unknown {
  const { scope } = found.target;
  return resource(scope, 'roleEligibilityScheduleInstances', found.instanceId, {
    ...about(ctx, found.target, found.principalId, found.principalKind),
    roleEligibilityScheduleId: armId(scope, 'RoleEligibilitySchedules', found.scheduleId),
    status: 'Provisioned',
    startDateTime: found.startsAt,
    endDateTime: found.endsAt ?? null,
    memberType: found.memberType,
    createdOn: found.startsAt,
    ...noCondition,
  });
}

export function holdingView(ctx: PracticeContext, found: Holding): unknown {
  const { target, eligibilityId } = found;
  const { scope } = target;
  return resource(scope, 'roleAssignmentScheduleInstances', found.instanceId, {
    ...about(ctx, found.target, found.principalId, found.principalKind),
    roleAssignmentScheduleId: armId(scope, 'RoleAssignmentSchedules', found.scheduleId),
    originRoleAssignmentId: armId(scope, 'RoleAssignments', found.instanceId),
    linkedRoleEligibilityScheduleId: eligibilityId
      ? armId(scope, 'RoleEligibilitySchedules', eligibilityId)
      : null,
    status: 'Provisioned',
    assignmentType: found.assignmentType,
    startDateTime: found.startsAt,
    endDateTime: found.endsAt ?? null,
    memberType: found.memberType,
    createdOn: found.startsAt,
    ...noCondition,
  });
}

export function requestView(ctx: PracticeContext, found: PimRequest): unknown {
  const { target, ticketNumber, ticketSystem } = found;
  const { scope } = target;
  const activates = found.action === 'selfActivate';
  const expiration = { type: 'AfterDuration', endDateTime: null, duration: iso(found.durationMs) };
  return resource(scope, 'roleAssignmentScheduleRequests', found.id, {
    ...about(ctx, found.target, found.principalId, 'user'),
    requestType: activates ? 'SelfActivate' : 'SelfDeactivate',
    status: found.status,
    approvalId: found.step ? armId('', 'RoleAssignmentApprovals', found.id) : null,
    targetRoleAssignmentScheduleId: found.scheduleId,
    targetRoleAssignmentScheduleInstanceId: null,
    linkedRoleEligibilityScheduleId: armId(scope, 'RoleEligibilitySchedules', found.eligibilityId),
    scheduleInfo: activates ? { startDateTime: found.startsAt ?? null, expiration } : null,
    ticketInfo: { ticketNumber, ticketSystem },
    justification: found.justification,
    requestorId: found.principalId,
    createdOn: found.createdAt,
    ...noCondition,
  });
}

/** The one stage in which a request is decided. */
export function stageView(ctx: PracticeContext, found: PimRequest, caller: string): unknown {
  const { step } = found;
  if (!step) return undefined;
  const by = step.reviewedById ? directoryPerson(step.reviewedById) : undefined;
  const id = `${armId('', 'roleAssignmentApprovals', found.id)}/stages/${step.id}`;
  return {
    ...{ id, name: step.id, type: 'Microsoft.Authorization/roleAssignmentApprovals/stages' },
    properties: {
      displayName: null,
      status: step.status,
      assignedToMe: ctx.tenant.pim.mayDecide(caller, found),
      reviewResult: step.result,
      reviewedDateTime: step.reviewedAt ?? null,
      justification: step.justification,
      reviewedBy: by && {
        ...{ principalId: by.id, principalType: 'User', principalName: by.displayName },
        userPrincipalName: by.userPrincipalName,
      },
    },
  };
}

function resource(scope: string, type: string, name: string, properties: object): unknown {
  return { properties, name, id: armId(scope, type, name), type: `Microsoft.Authorization/${type}` };
}

function about(
  ctx: PracticeContext,
  ref: TargetRef,
  principalId: string,
  principalKind: Holding['principalKind'],
): object {
  const { id, scope } = ref;
  const principalType = { user: 'User', group: 'Group', service: 'ServicePrincipal' }[principalKind];
  const definition = roleDefinitionId(scope, id);
  const target = ctx.tenant.pim.target(ref);
  const person = directoryPerson(principalId);
  return {
    ...{ scope, roleDefinitionId: definition, principalId, principalType },
    expandedProperties: {
      principal: {
        id: principalId,
        displayName: person?.displayName ?? groupById(principalId)?.displayName ?? principalId,
        ...(person ? { email: person.mail } : {}),
        type: principalType,
      },
      roleDefinition: { id: definition, displayName: target?.name ?? id, type: 'BuiltInRole' },
      scope: { id: scope, displayName: target?.scopeName ?? '', type: scopeType(scope) },
    },
  };
}

export function scopeType(scope: string): string {
  if (/\/providers\//i.test(scope)) return 'resource';
  return /\/resourceGroups\/[^/]+$/i.test(scope) ? 'resourcegroup' : 'subscription';
}

// Whole hours where they are whole, as whoever asked will have written it.
function iso(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `PT${hours > 0 ? `${hours}H` : ''}${rest > 0 || hours === 0 ? `${rest}M` : ''}`;
}
