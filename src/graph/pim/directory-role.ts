import type {
  DirectoryObject,
  UnifiedRoleAssignmentSchedule,
  UnifiedRoleAssignmentScheduleInstance,
  UnifiedRoleAssignmentScheduleRequest,
  UnifiedRoleDefinition,
  UnifiedRoleEligibilityScheduleInstance,
} from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { type Shape, text } from '../fields.js';
import { parseAs } from '../parse.js';
import type { Asked } from './activating.js';
import { askedFrom, requestFields } from './asked.js';
import {
  eligibleFields,
  eligibleHolder,
  holderFields,
  instanceFields,
  scheduledHolder,
  scheduleFields,
  standingHolder,
} from './holders.js';

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
  ...holderFields,
  roleDefinition: namedShape,
  directoryScope: scopeShape,
};

type About = z.output<z.ZodObject<typeof about>>;

function targetOf(found: About) {
  const { roleDefinitionId, directoryScopeId: scope, roleDefinition, directoryScope } = found;
  // The whole directory needs no name; a smaller scope without one must not look like the whole.
  const scopeName = scope === '/' ? '' : directoryScope.displayName || scope;
  return { kind: 'role', id: roleDefinitionId, scope, name: roleDefinition.displayName, scopeName } as const;
}

const eligibleShape = z
  .object({
    ...about,
    ...eligibleFields,
    roleEligibilityScheduleId: text,
  } satisfies Shape<UnifiedRoleEligibilityScheduleInstance>)
  .transform((found) =>
    eligibleHolder(found, targetOf(found), {
      description: found.roleDefinition.description,
      scheduleId: found.roleEligibilityScheduleId,
    }),
  );

const instanceShape = z
  .object({
    ...about,
    ...instanceFields,
    roleAssignmentScheduleId: text,
  } satisfies Shape<UnifiedRoleAssignmentScheduleInstance>)
  .transform((found) => standingHolder(found, targetOf(found), found.roleAssignmentScheduleId));

const scheduleShape = z
  .object({ ...about, ...scheduleFields } satisfies Shape<UnifiedRoleAssignmentSchedule>)
  .transform((found) => scheduledHolder(found, targetOf(found)));

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
