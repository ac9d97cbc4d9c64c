import type { PracticeClock } from './clock.js';

// A timer of more than 24 days would fire at once; a far date is simply looked at again every hour.
const longestTimerMs = 3_600_000;

export interface DueTimer {
  /** Looks anew at when something is due next. */
  arm(): void;
  stop(): void;
}

/** Calls `work` when the practice clock reaches what `nextDue` says, and whenever the clock is moved. */
export function dueTimer(
  clock: PracticeClock,
  nextDue: () => number | undefined,
  work: () => unknown,
): DueTimer {
  let timer: NodeJS.Timeout | undefined;
  const arm = (): void => {
    clearTimeout(timer);
    const due = nextDue();
    if (due === undefined) return;
    const inMs = Math.min(Math.max(due - clock.now().getTime(), 0) + 1, longestTimerMs);
    timer = setTimeout(run, inMs).unref();
  };
  const run = (): void => {
    work();
    arm();
  };
  clock.onChange(run);
  return { arm, stop: () => clearTimeout(timer) };
}
