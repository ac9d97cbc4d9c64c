import { day } from '../base/clock.js';
import type { ReviewInfo } from '../graph/access-review.js';

/** How often a group deserves a review. */
export type Deserved = 'monthly' | 'quarterly' | 'half-yearly' | 'yearly' | 'per-project';

export interface Cadence {
  readonly group: string;
  readonly deserves: Deserved;
  /** In words: `weekly`, `monthly`, `every 2 months` …, `once`; empty: no review at all. */
  readonly has: string;
  readonly enough: boolean;
}

const monthDays = 365.25 / 12;

const atMostDays: Readonly<Record<Exclude<Deserved, 'per-project'>, number>> = {
  monthly: monthDays,
  quarterly: 3 * monthDays,
  'half-yearly': 6 * monthDays,
  yearly: 12 * monthDays,
};

type Recurrence = NonNullable<ReviewInfo['settings']['recurrence']>;

/** When the newest instance of a series began, for those of `resting`. */
export interface Began {
  readonly now: Date;
  readonly newest: ReadonlyMap<string, string>;
}

/** Entra gives a series the status of its newest instance: ended for good, or at rest until the next one? */
export function resting(
  reviews: readonly ReviewInfo[],
  groups: ReadonlyMap<string, unknown>,
): readonly string[] {
  return reviews
    .filter(({ scope }) => [...groups.keys()].some((group) => isOf(scope, group)))
    .filter(({ settings, status }) => settings.recurrence !== undefined && isEnded(status))
    .map(({ id }) => id);
}

/** What each group gets, beside what it deserves. Of several reviews of one group the fastest counts. */
export function reviewCadence(
  reviews: readonly ReviewInfo[],
  wanted: ReadonlyMap<string, Deserved>,
  began: Began,
): readonly Cadence[] {
  return [...wanted].map(([group, deserves]) => {
    const own = reviews.filter(({ scope }) => isOf(scope, group));
    const running = own.flatMap((review) => runningAs(review, began));
    const fastest = running.sort((a, b) => days(a) - days(b))[0];
    const has = fastest === undefined ? (own.length > 0 ? 'once' : '') : inWords(fastest);
    return { group, deserves, has, enough: isEnough(deserves, own.length, fastest) };
  });
}

function isOf(scope: ReviewInfo['scope'], group: string): boolean {
  return (scope.kind === 'group' || scope.kind === 'pim-group') && scope.id === group;
}

/** A few days: Entra begins an instance when it comes to it. */
const slackDays = 3;

/** A series that missed its day has ended; what it has reviewed, it has reviewed once. */
function runningAs({ id, status, settings }: ReviewInfo, { now, newest }: Began): readonly Recurrence[] {
  const { recurrence } = settings;
  if (recurrence === undefined) return [];
  if (!isEnded(status)) return [recurrence];
  const next = Date.parse(newest.get(id) ?? '') + (days(recurrence) + slackDays) * day;
  return next > now.getTime() ? [recurrence] : [];
}

function isEnded(status: string): boolean {
  return ['completed', 'autoreviewed', 'applying', 'applied'].includes(status.toLowerCase());
}

function isEnough(deserves: Deserved, reviews: number, fastest: Recurrence | undefined): boolean {
  if (deserves === 'per-project') return reviews > 0;
  return fastest !== undefined && days(fastest) <= atMostDays[deserves];
}

function days({ every, unit }: Recurrence): number {
  return every * (unit === 'week' ? 7 : monthDays);
}

const names: Readonly<Record<string, string>> = {
  '1 week': 'weekly',
  '1 month': 'monthly',
  '3 month': 'quarterly',
  '6 month': 'half-yearly',
  '12 month': 'yearly',
};

function inWords({ every, unit }: Recurrence): string {
  return names[`${every} ${unit}`] ?? `every ${every} ${unit}s`;
}
