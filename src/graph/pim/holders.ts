import { z } from 'zod/v4';
import { id, text, time } from '../fields.js';
import type { Target } from './activating.js';
import { isActivated, isThroughGroup } from './held-how.js';
import {
  type EligibleHolder,
  principalShape,
  type ScheduledHolder,
  type StandingHolder,
} from './principal.js';
import { endOf, windowShape } from './schedule.js';

/** What Entra says of whoever has, or can have, a role or a right in a group. */
export const holderFields = { principalId: id, principal: principalShape };

export const eligibleFields = { startDateTime: time, endDateTime: time, memberType: text };

const holdingFields = { assignmentType: text, memberType: text };

export const instanceFields = { ...holdingFields, startDateTime: time, endDateTime: time };

export const scheduleFields = {
  ...holdingFields,
  id: z.string().min(1),
  scheduleInfo: windowShape,
  createdUsing: text,
};

type Holder = Fields<typeof holderFields>;
type Fields<Shape extends z.core.$ZodLooseShape> = z.output<z.ZodObject<Shape>>;

interface Named extends Target {
  readonly name: string;
  readonly scopeName: string;
}

export function eligibleHolder(
  found: Holder & Fields<typeof eligibleFields>,
  target: Named,
  { description, scheduleId }: Pick<EligibleHolder, 'description' | 'scheduleId'>,
): EligibleHolder {
  return {
    ...target,
    ...holderOf(found),
    description,
    since: found.startDateTime,
    until: found.endDateTime,
    throughGroup: isThroughGroup(found.memberType),
    scheduleId,
  };
}

export function standingHolder(
  found: Holder & Fields<typeof instanceFields>,
  target: Named,
  scheduleId: string,
): StandingHolder {
  return {
    ...target,
    ...holderOf(found),
    ...howHeld(found),
    startsAt: found.startDateTime,
    endsAt: found.endDateTime,
    scheduleId,
  };
}

export function scheduledHolder(
  found: Holder & Fields<typeof scheduleFields>,
  target: Named,
): ScheduledHolder {
  return {
    ...target,
    ...holderOf(found),
    ...howHeld(found),
    startsAt: found.scheduleInfo.startsAt,
    endsAt: endOf(found.scheduleInfo),
    scheduleId: found.id,
    requestId: found.createdUsing.toLowerCase(),
  };
}

function holderOf({ principalId = '', principal }: Holder) {
  return { principalId, principal: { id: principalId, ...principal } };
}

function howHeld({ assignmentType, memberType }: Fields<typeof holdingFields>) {
  return { activated: isActivated(assignmentType), throughGroup: isThroughGroup(memberType) };
}
