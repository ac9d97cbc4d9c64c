import { minute } from '../base/clock.js';
import type { Notices } from './policy.js';

const dayMinutes = 24 * 60;

/** When to remind again. Gaps grow and the last one repeats; nobody is woken for it. */
export function nextNotice(notices: Notices, now: Date, sentSoFar: number): Date {
  const gap = notices.gaps[Math.min(sentSoFar, notices.gaps.length - 1)] ?? 24 * 60 * minute;
  return outsideQuiet(notices, new Date(now.getTime() + gap));
}

/** The moment itself, or the end of the quiet hours it lies in, by the clock on the wall of that time zone. */
export function outsideQuiet({ quiet, timeZone }: Notices, at: Date): Date {
  if (quiet === undefined) return at;
  const wall = wallClock(timeZone);
  const from = minutesOf(quiet.from);
  const to = minutesOf(quiet.to);
  const isQuiet = (moment: Date): boolean => {
    const time = wall(moment);
    return from < to ? time >= from && time < to : time >= from || time < to;
  };
  let moment = at;
  // A second round only in the night the clocks are put back, when the end of the quiet hours is an hour further off.
  while (isQuiet(moment)) moment = atWallTime(moment, to, wall, isQuiet);
  return moment;
}

function atWallTime(
  at: Date,
  to: number,
  wall: (moment: Date) => number,
  isQuiet: (moment: Date) => boolean,
): Date {
  const wholeMinute = Math.floor(at.getTime() / minute) * minute;
  const reached = new Date(wholeMinute + ahead(wall(at), to) * minute);
  // The night the clocks are put forward: we are an hour too far, unless `to` does not exist that night.
  const back = new Date(reached.getTime() - ahead(to, wall(reached)) * minute);
  return back > at && !isQuiet(back) ? back : reached;
}

function ahead(from: number, to: number): number {
  return (to - from + dayMinutes) % dayMinutes;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function wallClock(timeZone: string): (moment: Date) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (moment) => minutesOf(format.format(moment));
}
