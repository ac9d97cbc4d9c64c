import { minute } from '../../../base/clock.js';

/** What was typed as a day and a time of the clock on the wall of that zone. Undefined: nothing was. */
export function startTime(day: string, time: string, timeZone: string): number | 'unclear' | undefined {
  if (day.trim() === '' && time.trim() === '') return undefined;
  const wall = Date.parse(`${day.trim()}T${time.trim()}:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day.trim()) || !/^\d\d:\d\d$/.test(time.trim()) || Number.isNaN(wall)) {
    return 'unclear';
  }
  // 31 February is no day, though the clock would make one of it.
  if (!new Date(wall).toISOString().startsWith(day.trim())) return 'unclear';
  // The offset there depends on the moment that is looked for: the second look is right but for an hour a year.
  const first = wall - offset(wall, timeZone);
  return wall - offset(first, timeZone);
}

function offset(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const wall = Date.parse(`${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:00Z`);
  return wall - Math.floor(at / minute) * minute;
}
