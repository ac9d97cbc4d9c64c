import type { EntitlementManagementSchedule, ExpirationPattern } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { type Shape, text } from './fields.js';
import { durationParts } from './iso-duration.js';

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

/** Empty where there is no start or no ISO 8601 duration. A month is a month of the calendar, in UTC. */
export function endAfter(start: string, duration: string): string {
  const from = new Date(start);
  const parts = durationParts(duration);
  if (Number.isNaN(from.getTime()) || parts === undefined) return '';
  const { years, months, weeks, days, hours, minutes, seconds } = parts;
  from.setUTCFullYear(from.getUTCFullYear() + years, from.getUTCMonth() + months);
  from.setUTCDate(from.getUTCDate() + weeks * 7 + days);
  from.setUTCHours(
    from.getUTCHours() + hours,
    from.getUTCMinutes() + minutes,
    from.getUTCSeconds() + seconds,
  );
  const known = !Number.isNaN(from.getTime()) && from.getTime() !== Date.parse(start);
  return known ? from.toISOString() : '';
}
