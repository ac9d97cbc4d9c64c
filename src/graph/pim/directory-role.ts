import type {
  DirectoryObject,
  UnifiedRoleAssignmentSchedule,
  UnifiedRoleAssignmentScheduleInstance,
  UnifiedRoleAssignmentScheduleRequest,
  UnifiedRoleDefinition,
  UnifiedRoleEligibilityScheduleInstance,
} from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { id, type Shape, text, time } from '../fields.js';
import { parseAs } from '../parse.js';
import type { Asked } from './activating.js';
import { askedFrom, requestFields } from './asked.js';
import { isActivated, isThroughGroup } from './held-how.js';
import {
  type EligibleHolder,
  principalShape,
  type ScheduledHolder,
  type StandingHolder,
} from './principal.js';
import { endOf, windowShape } from './schedule.js';

const namedShape = z
  .object({ displayName: text, description: text } satisfies Shape<UnifiedRoleDefinition>)
  .catch({ displayName: '', description: '' });

const scopeShape = z
  .object({ displayName: text } satisfies Shape<DirectoryObject & { displayName: string }>)
  .catch({ displayName: '' });

/** Which role and where, on everything that is about a role. */
const about = {
  roleDefinitionId: z.string().min(1).toLowerCase(),
  directoryScopeId: text,
  principalId: id,
  roleDefinition: namedShape,
  directoryScope: scopeShape,
  principal: principalShape,
};

type About = z.output<z.ZodObject<typeof about>>;

function targetOf(found: About) {
  const { roleDefinitionId, directoryScopeId: scope, roleDefinition, directoryScope } = found;
  // The whole directory needs no name; a smaller scope without one must not look like the whole.
  const scopeName = scope === '/' ? '' : directoryScope.displayName || scope;
  return { kind: 'role', id: roleDefinitionId, scope, name: roleDefinition.displayName, scopeName } as const;
}

function principalOf({ principalId, principal }: About) {
  return { id: principalId ?? '', ...principal };
}

const eligibleShape = z
  .object({
    ...about,
    startDateTime: time,
    endDateTime: time,
    memberType: text,
    roleEligibilityScheduleId: text,
  } satisfies Shape<UnifiedRoleEligibilityScheduleInstance>)
  .transform(
    (found): EligibleHolder => ({
      ...targetOf(found),
      description: found.roleDefinition.description,
      since: found.startDateTime,
      until: found.endDateTime,
      throughGroup: isThroughGroup(found.memberType),
      scheduleId: found.roleEligibilityScheduleId,
      principalId: found.principalId ?? '',
      principal: principalOf(found),
    }),
  );

const holding = { ...about, assignmentType: text, memberType: text };

const instanceShape = z
  .object({
    ...holding,
    startDateTime: time,
    endDateTime: time,
    roleAssignmentScheduleId: text,
  } satisfies Shape<UnifiedRoleAssignmentScheduleInstance>)
  .transform(
    (found): StandingHolder => ({
      ...holdingOf(found),
      startsAt: found.startDateTime,
      endsAt: found.endDateTime,
      scheduleId: found.roleAssignmentScheduleId,
      principal: principalOf(found),
    }),
  );

const scheduleShape = z
  .object({
    ...holding,
    id: z.string().min(1),
    scheduleInfo: windowShape,
    createdUsing: text,
  } satisfies Shape<UnifiedRoleAssignmentSchedule>)
  .transform(
    (found): ScheduledHolder => ({
      ...holdingOf(found),
      startsAt: found.scheduleInfo.startsAt,
      endsAt: endOf(found.scheduleInfo),
      scheduleId: found.id,
      principal: principalOf(found),
      requestId: found.createdUsing.toLowerCase(),
    }),
  );

function holdingOf(found: About & { assignmentType: string; memberType: string }) {
  return {
    ...targetOf(found),
    activated: isActivated(found.assignmentType),
    throughGroup: isThroughGroup(found.memberType),
    principalId: found.principalId ?? '',
  };
}

const requestShape = z
  .object({
    ...about,
    ...requestFields,
    id: z.string().min(1),
  } satisfies Shape<UnifiedRoleAssignmentScheduleRequest>)
  .transform((found): Asked => {
    const { name, scopeName, ...target } = targetOf(found);
    const { principalId = '', principal } = found;
    return askedFrom(found, { target, name, scopeName, principalId, principalName: principal.name });
  });

export const asEligibleRole = parseAs(eligibleShape, 'eligibility for a role');
export const asRoleInstance = parseAs(instanceShape, 'role somebody has');
export const asRoleSchedule = parseAs(scheduleShape, 'schedule of a role');
export const asRoleRequest = parseAs(requestShape, 'request for a role');
