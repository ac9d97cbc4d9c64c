import { wallTime } from '../../../base/wall-time.js';

/** What was typed as a day and a time of the clock on the wall of that zone. Undefined: nothing was. */
export function startTime(day: string, time: string, timeZone: string): number | 'unclear' | undefined {
  if (day.trim() === '' && time.trim() === '') return undefined;
  return wallTime(day.trim(), time.trim(), timeZone) ?? 'unclear';
}
