import type { EntitlementManagementSchedule, ExpirationPattern } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { afterDuration } from '../base/iso-duration.js';
import { type Shape, text } from './fields.js';

interface Schedule {
  /** Empty: as soon as it is granted. */
  readonly startsAt: string;
  /** Empty: no end, or none that can be known yet. */
  readonly endsAt: string;
}

export const noSchedule: Schedule = { startsAt: '', endsAt: '' };

const expirationShape = z
  .object({ duration: text, endDateTime: text } satisfies Shape<ExpirationPattern>)
  .catch({ duration: '', endDateTime: '' });

/** Of a request what was wished for, of an assignment when it is in place. */
export const scheduleShape = z
  .object({
    startDateTime: text,
    expiration: expirationShape,
  } satisfies Shape<EntitlementManagementSchedule>)
  .transform(({ startDateTime: startsAt, expiration: { duration, endDateTime } }): Schedule => {
    return { startsAt, endsAt: endDateTime === '' ? endAfter(startsAt, duration) : endDateTime };
  });

/** Empty where there is no start or no ISO 8601 duration. */
export function endAfter(start: string, duration: string): string {
  const from = Date.parse(start);
  const end = afterDuration(from, duration);
  return end === undefined || end === from ? '' : new Date(end).toISOString();
}
