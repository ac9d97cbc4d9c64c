import type {
  PrivilegedAccessGroupAssignmentSchedule,
  PrivilegedAccessGroupAssignmentScheduleInstance,
  PrivilegedAccessGroupAssignmentScheduleRequest,
  PrivilegedAccessGroupEligibilityScheduleInstance,
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

/** Which group, and whether as a member or as an owner. Names come from elsewhere: Entra expands them unreliably. */
const about = {
  groupId: z.string().min(1).toLowerCase(),
  accessId: text,
  ...holderFields,
};

type About = z.output<z.ZodObject<typeof about>>;

function targetOf({ groupId, accessId }: About) {
  return { kind: 'group', id: groupId, scope: accessId.toLowerCase(), name: '', scopeName: '' } as const;
}

const eligibleShape = z
  .object({
    ...about,
    ...eligibleFields,
    eligibilityScheduleId: text,
  } satisfies Shape<PrivilegedAccessGroupEligibilityScheduleInstance>)
  .transform((found) =>
    eligibleHolder(found, targetOf(found), {
      description: '',
      scheduleId: found.eligibilityScheduleId,
    }),
  );

const instanceShape = z
  .object({
    ...about,
    ...instanceFields,
    assignmentScheduleId: text,
  } satisfies Shape<PrivilegedAccessGroupAssignmentScheduleInstance>)
  .transform((found) => standingHolder(found, targetOf(found), found.assignmentScheduleId));

const scheduleShape = z
  .object({ ...about, ...scheduleFields } satisfies Shape<PrivilegedAccessGroupAssignmentSchedule>)
  .transform((found) => scheduledHolder(found, targetOf(found)));

const requestShape = z
  .object({
    ...about,
    ...requestFields,
    id: z.string().min(1),
  } satisfies Shape<PrivilegedAccessGroupAssignmentScheduleRequest>)
  .transform((found): Asked => {
    const { name, scopeName, ...target } = targetOf(found);
    const { principalId = '', principal } = found;
    return askedFrom(found, { target, name, scopeName, principalId, principalName: principal.name });
  });

export const asEligibleMember = parseAs(eligibleShape, 'eligibility for a group');
export const asMemberInstance = parseAs(instanceShape, 'right in a group somebody has');
export const asMemberSchedule = parseAs(scheduleShape, 'schedule of a right in a group');
export const asMemberRequest = parseAs(requestShape, 'request for a right in a group');
