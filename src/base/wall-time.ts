import { minute } from './clock.js';

/** When clocks on the wall of that zone show this day (2026-01-31) and time (09:30). Undefined: they never do. */
export function wallTime(day: string, time: string, timeZone: string): number | undefined {
  const wall = Date.parse(`${day}T${time}:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || !/^\d\d:\d\d$/.test(time) || Number.isNaN(wall)) return undefined;
  // 31 February is no day, though the clock would make one of it.
  if (!new Date(wall).toISOString().startsWith(day)) return undefined;
  // The offset there depends on the moment that is looked for: the second look is right but for an hour a year.
  const first = wall - offset(wall, timeZone);
  return wall - offset(first, timeZone);
}

function offset(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const wall = Date.parse(`${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:00Z`);
  return wall - Math.floor(at / minute) * minute;
}
