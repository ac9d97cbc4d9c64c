import type { Clock } from '../../src/base/clock.js';

/** Time stands still until a test moves it. */
export interface HandClock extends Clock {
  advance(ms: number): void;
}

export function handClock(start = Date.UTC(2026, 0, 5, 9)): HandClock {
  let now = start;
  return {
    now: () => new Date(now),
    advance: (ms) => {
      now += ms;
    },
  };
}
