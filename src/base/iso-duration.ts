import { day, hour, minute, second } from './clock.js';

const form =
  /^P(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})(?:\.\d+)?S)?)?$/i;

/** Of an ISO 8601 duration, such as P1DT2H. */
export interface DurationParts {
  readonly years: number;
  readonly months: number;
  readonly weeks: number;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

/** Undefined for everything that is no duration. */
export function durationParts(duration: string): DurationParts | undefined {
  const parts = form.exec(duration.trim());
  if (parts === null) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  return { years, months, weeks, days, hours, minutes, seconds };
}

/** The moment so long after another one; a month is a month of the calendar, in UTC. Undefined: there is none. */
export function afterDuration(from: number, duration: string): number | undefined {
  const parts = durationParts(duration);
  if (parts === undefined) return undefined;
  const { years, months, weeks, days, hours, minutes, seconds } = parts;
  const date = new Date(from);
  date.setUTCMonth(date.getUTCMonth() + 12 * years + months);
  const rest = (7 * weeks + days) * day + hours * hour + minutes * minute + seconds * second;
  const end = new Date(date.getTime() + rest).getTime();
  return Number.isNaN(end) ? undefined : end;
}

/** 0 for everything that is none, and for years and months, which are not always as long. */
export function isoMinutes(duration: string): number {
  const parts = durationParts(duration);
  if (parts === undefined || parts.years > 0 || parts.months > 0) return 0;
  const { weeks, days, hours, minutes, seconds } = parts;
  return (weeks * 7 + days) * 1440 + hours * 60 + minutes + Math.floor(seconds / 60);
}

/** Written as portals write it: PT2H, PT1H30M, PT24H. */
export function isoDuration(minutes: number): string {
  if (!Number.isInteger(minutes) || minutes < 1)
    throw new TypeError('A window has a whole number of minutes');
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `PT${hours === 0 ? '' : `${hours}H`}${rest === 0 ? '' : `${rest}M`}`;
}
