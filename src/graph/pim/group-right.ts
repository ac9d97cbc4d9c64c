import type {
  PrivilegedAccessGroupAssignmentSchedule,
  PrivilegedAccessGroupAssignmentScheduleInstance,
  PrivilegedAccessGroupAssignmentScheduleRequest,
  PrivilegedAccessGroupEligibilityScheduleInstance,
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

/** Which group, and whether as a member or as an owner. Names come from elsewhere: Entra expands them unreliably. */
const about = {
  groupId: z.string().min(1).toLowerCase(),
  accessId: text,
  principalId: id,
  principal: principalShape,
};

type About = z.output<z.ZodObject<typeof about>>;

function targetOf({ groupId, accessId }: About) {
  return { kind: 'group', id: groupId, scope: accessId.toLowerCase(), name: '', scopeName: '' } as const;
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
    eligibilityScheduleId: text,
  } satisfies Shape<PrivilegedAccessGroupEligibilityScheduleInstance>)
  .transform(
    (found): EligibleHolder => ({
      ...targetOf(found),
      description: '',
      since: found.startDateTime,
      until: found.endDateTime,
      throughGroup: isThroughGroup(found.memberType),
      scheduleId: found.eligibilityScheduleId,
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
    assignmentScheduleId: text,
  } satisfies Shape<PrivilegedAccessGroupAssignmentScheduleInstance>)
  .transform(
    (found): StandingHolder => ({
      ...holdingOf(found),
      startsAt: found.startDateTime,
      endsAt: found.endDateTime,
      scheduleId: found.assignmentScheduleId,
      principal: principalOf(found),
    }),
  );

const scheduleShape = z
  .object({
    ...holding,
    id: z.string().min(1),
    scheduleInfo: windowShape,
    createdUsing: text,
  } satisfies Shape<PrivilegedAccessGroupAssignmentSchedule>)
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
