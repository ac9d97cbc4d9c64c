import type { Definition } from './definition.js';

const weekMs = 7 * 86_400_000;

/** When the instance after the one of this moment begins; undefined when there is none. */
export function nextOccurrence({ settings }: Definition, at: number): number | undefined {
  if (!settings.recurrence) return undefined;
  const { pattern, range } = settings.recurrence;
  const following = /weekly/i.test(pattern.type)
    ? at + pattern.interval * weekMs
    : monthsLater(at, pattern.interval);
  return following <= Date.parse(`${range.endDate}T23:59:59Z`) ? following : undefined;
}

// The 31st of a month becomes the last day of a shorter one.
function monthsLater(at: number, months: number): number {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}
