import type { PrivilegedAccessScheduleRequest } from '@microsoft/microsoft-graph-types';
import type { z } from 'zod/v4';
import { type Shape, text } from '../fields.js';
import type { Asked } from './activating.js';
import { askState } from './ask-state.js';
import { ticketShape, windowShape } from './schedule.js';

/** What all three services say of a request. */
export const requestFields = {
  status: text,
  action: text,
  approvalId: text,
  targetScheduleId: text,
  createdDateTime: text,
  justification: text,
  scheduleInfo: windowShape,
  ticketInfo: ticketShape,
} satisfies Shape<PrivilegedAccessScheduleRequest & { targetScheduleId: string }>;

type RequestFields = z.output<z.ZodObject<typeof requestFields>> & { readonly id: string };
type Concerned = Pick<Asked, 'target' | 'name' | 'scopeName' | 'principalId' | 'principalName'>;

export function askedFrom(found: RequestFields, concerned: Concerned): Asked {
  const { startsAt, minutes } = found.scheduleInfo;
  return {
    ...concerned,
    id: found.id.toLowerCase(),
    state: askState(found.status, { createdAt: found.createdDateTime, startsAt }),
    action: actionOf(found.action),
    approvalId: found.approvalId,
    scheduleId: found.targetScheduleId,
    createdAt: found.createdDateTime,
    justification: found.justification,
    ticket: found.ticketInfo,
    startsAt,
    minutes,
  };
}

function actionOf(action: string): Asked['action'] {
  switch (action.toLowerCase()) {
    case 'selfactivate':
      return 'activate';
    case 'selfdeactivate':
      return 'deactivate';
    default:
      return 'other';
  }
}

/** Dates of one service have one form, but not always the same number of digits. */
export function newestFirst(asked: readonly Asked[]): readonly Asked[] {
  const at = (text: string): number => Date.parse(text) || 0;
  return [...asked].sort((one, other) => at(other.createdAt) - at(one.createdAt));
}
