import { day, hour, minute, second } from '../../../base/clock.js';

const units = {
  day: ['day', day],
  hour: ['hour', hour],
  minute: ['minute', minute],
} as const;

/** How long something took, as people say it: the biggest unit that there are two of, or one. */
export function spanText(seconds: number): string {
  const ms = seconds * second;
  if (ms < minute) return 'less than a minute';
  const [name, unit] = ms >= 2 * day ? units.day : ms >= 2 * hour ? units.hour : units.minute;
  const count = Math.round(ms / unit);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
