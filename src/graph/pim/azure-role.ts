import { z } from 'zod/v4';
import { id, text, time } from '../fields.js';
import { parseAs } from '../parse.js';
import type { Asked, Eligibility, Holding, Step } from './activating.js';
import { asStep } from './approval-step.js';
import { armName } from './arm.js';
import { askedFrom, requestFields } from './asked.js';
import { isActivated, isThroughGroup } from './held-how.js';

const named = z.object({ displayName: text }).catch({ displayName: '' });

/** Azure does not look at the case of its ids, and does not always write them in the same one. */
const about = {
  roleDefinitionId: z.string().min(1).toLowerCase(),
  scope: z.string().min(1).toLowerCase(),
  principalId: id,
  expandedProperties: z.object({ principal: named, roleDefinition: named, scope: named }).catch({
    principal: { displayName: '' },
    roleDefinition: { displayName: '' },
    scope: { displayName: '' },
  }),
};

type About = z.output<z.ZodObject<typeof about>>;

function targetOf({ roleDefinitionId, scope, expandedProperties: names }: About) {
  return {
    kind: 'azure',
    id: roleDefinitionId,
    scope,
    name: names.roleDefinition.displayName,
    scopeName: names.scope.displayName || scope,
  } as const;
}

const eligibleShape = z
  .object({
    properties: z.object({
      ...about,
      startDateTime: time,
      endDateTime: time,
      memberType: text,
      roleEligibilityScheduleId: text,
    }),
  })
  .transform(
    ({ properties: found }): Eligibility => ({
      ...targetOf(found),
      description: '',
      since: found.startDateTime,
      until: found.endDateTime,
      throughGroup: isThroughGroup(found.memberType),
      scheduleId: found.roleEligibilityScheduleId,
    }),
  );

const instanceShape = z
  .object({
    properties: z.object({
      ...about,
      assignmentType: text,
      memberType: text,
      startDateTime: time,
      endDateTime: time,
      roleAssignmentScheduleId: text,
    }),
  })
  .transform(
    ({ properties: found }): Holding => ({
      ...targetOf(found),
      startsAt: found.startDateTime,
      endsAt: found.endDateTime,
      activated: isActivated(found.assignmentType),
      throughGroup: isThroughGroup(found.memberType),
      scheduleId: armName(found.roleAssignmentScheduleId),
      principalId: found.principalId ?? '',
    }),
  );

const requestShape = z
  .object({
    name: z.string().min(1),
    properties: z.object({
      ...about,
      ...requestFields,
      requestType: text,
      createdOn: text,
      targetRoleAssignmentScheduleId: text,
    }),
  })
  .transform(({ name: id, properties: found }): Asked => {
    const { name, scopeName, ...target } = targetOf(found);
    const { principalId = '', expandedProperties: names } = found;
    const own = {
      id,
      action: found.requestType,
      createdDateTime: found.createdOn,
      targetScheduleId: armName(found.targetRoleAssignmentScheduleId),
    };
    const principalName = names.principal.displayName;
    return askedFrom({ ...found, ...own }, { target, name, scopeName, principalId, principalName });
  });

const stageShape = z
  .object({ name: z.string().min(1), properties: z.looseObject({}) })
  .transform(({ name, properties }): Step => asStep({ ...properties, id: name }));

export const asEligibleAzureRole = parseAs(eligibleShape, 'eligibility for an Azure role');
export const asAzureRoleInstance = parseAs(instanceShape, 'Azure role somebody has');
export const asAzureRoleRequest = parseAs(requestShape, 'request for an Azure role');
export const asAzureStage = parseAs(stageShape, 'stage of an approval in Azure');
