import { day, minute } from '../../../base/clock.js';
import type { Held } from '../../../graph/entitlement.js';

/** So often everything that is held is gone through. */
export const searchedEvery = 7 * day;

type Ends = Pick<Held, 'startsAt' | 'endsAt'>;

/** Later than any date: access without an end. */
export function endOf({ endsAt }: Pick<Held, 'endsAt'>): number {
  const at = Date.parse(endsAt);
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
}

function startOf({ startsAt }: Pick<Held, 'startsAt'>): number {
  const at = Date.parse(startsAt);
  return Number.isNaN(at) ? 0 : at;
}

/** Those that make sense: nobody is told of the end of what was only just given. */
function fitting(held: Ends, notices: readonly number[]): readonly number[] {
  return notices.filter((notice) => endOf(held) - notice > startOf(held)).sort((a, b) => b - a);
}

/** The notice to be given now: the latest that is due. Those before it were missed, and are not made up for. */
export function dueNotice(held: Ends, notices: readonly number[], now: number): number | undefined {
  const end = endOf(held);
  if (end <= now) return undefined;
  return fitting(held, notices).findLast((notice) => end - notice <= now);
}

/** When there is something to look at next: the next notice, or the end. */
export function nextLook(held: Ends, notices: readonly number[], now: number): number {
  const end = endOf(held);
  const next = fitting(held, notices).find((notice) => end - notice > now);
  // Entra takes access away a little after its end.
  return next === undefined ? end + 5 * minute : end - next;
}

/** Is its end so near that somebody has to keep an eye on it? */
export function isWatched(held: Ends, notices: readonly number[], now: number): boolean {
  return endOf(held) - now <= longest(notices) + searchedEvery + day;
}

function longest(notices: readonly number[]): number {
  return Math.max(0, ...notices);
}
