import { day, hour } from '../../../base/clock.js';
import { afterDuration } from '../../../base/iso-duration.js';
import { wallTime } from '../../../base/wall-time.js';

export interface DateRules {
  /** Whether the policy lets people choose. */
  readonly own: boolean;
  /** ISO 8601 duration, a date, or empty: no end. */
  readonly lasts: string;
  /** The most that is asked for here (ms), where our policy says less than Entra; guests. */
  readonly longest: number | undefined;
  /** It goes on from what is held: only the end is chosen. */
  readonly renews: boolean;
  readonly now: number;
  /** IANA name: the zone in which days begin and end. */
  readonly timeZone: string;
}

export interface DatesTyped {
  readonly startDate: string;
  readonly endDate: string;
}

export interface DatesRead {
  /** ISO; empty: at once. */
  readonly startsAt: string;
  /** ISO; empty: as the policy says. */
  readonly endsAt: string;
  readonly problems: { readonly start: string; readonly end: string };
}

/** Further ahead nobody knows what they will need. */
const furthestStart = 365 * day;

/** The days somebody chose, inside what the policy and ours allow. */
export function readDates(rules: DateRules, typed: DatesTyped): DatesRead {
  if (!rules.own) return { startsAt: '', endsAt: '', problems: { start: '', end: '' } };
  const start = readStart(rules, rules.renews ? '' : typed.startDate.trim());
  const from = start.at ?? rules.now;
  const end = readEnd(rules, typed.endDate.trim(), from);
  return {
    startsAt: start.at === undefined ? '' : new Date(start.at).toISOString(),
    endsAt: end.at === undefined ? '' : new Date(end.at).toISOString(),
    problems: { start: start.problem, end: end.problem },
  };
}

interface MomentRead {
  readonly at?: number;
  readonly problem: string;
}

function readStart({ now, timeZone, lasts }: DateRules, typed: string): MomentRead {
  if (typed === '') return { problem: '' };
  const at = startOfDay(typed, timeZone);
  if (at === undefined) return { problem: 'Please choose a day, or leave it empty to start at once.' };
  if (typed === dayIn(now, timeZone)) return { problem: '' };
  if (at < now) return { problem: 'That day is over. Please choose today or a later day.' };
  if (at > now + furthestStart) return { problem: 'Please choose a day within a year.' };
  if (at >= (fixedEnd(lasts) ?? Number.POSITIVE_INFINITY))
    return { problem: 'By then this access has ended.' };
  return { at, problem: '' };
}

function readEnd(rules: DateRules, typed: string, from: number): MomentRead {
  const latest = latestEnd(rules, from);
  // Without a day Entra takes the policy's own end, which is later than ours.
  if (typed === '') return rules.longest === undefined ? { problem: '' } : { ...at(latest), problem: '' };
  const begins = startOfDay(typed, rules.timeZone);
  if (begins === undefined) return { problem: 'Please choose a day, or leave it empty.' };
  const ends = startOfDay(dayIn(begins + 36 * hour, rules.timeZone), rules.timeZone) ?? begins + day;
  if (ends <= from) return { problem: 'Please choose a day after it starts.' };
  if (latest === undefined || ends <= latest) return { at: ends, problem: '' };
  // The last day counts although it is not over yet when the time is up.
  if (begins <= latest) return { at: latest, problem: '' };
  return { problem: `The last day you can ask for is ${dayIn(latest, rules.timeZone)}.` };
}

function at(moment: number | undefined): { readonly at?: number } {
  return moment === undefined ? {} : { at: moment };
}

/** Undefined: it need not end. */
export function latestEnd({ lasts, longest }: DateRules, from: number): number | undefined {
  const limits = [
    fixedEnd(lasts),
    afterDuration(from, lasts),
    longest === undefined ? undefined : from + longest,
  ].flatMap((limit) => limit ?? []);
  return limits.length === 0 ? undefined : Math.min(...limits);
}

function fixedEnd(lasts: string): number | undefined {
  const moment = lasts.startsWith('P') ? Number.NaN : Date.parse(lasts);
  return Number.isNaN(moment) ? undefined : moment;
}

/** The day on the calendar of that zone. */
export function dayIn(moment: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(moment);
}

/** When that day begins there. Undefined: it is no day of the calendar. */
export function startOfDay(typed: string, timeZone: string): number | undefined {
  return wallTime(typed, '00:00', timeZone);
}
