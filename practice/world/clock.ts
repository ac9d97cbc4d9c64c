export interface PracticeClock {
  /** Real time plus the offset. */
  now(): Date;
  offsetMs(): number;
  advance(ms: number): void;
  onChange(listener: (offsetMs: number) => void): void;
}

// An offset and not a fixed time: the clock keeps running, so that two things never happen at the same moment.
export function createClock(realNow: () => number = Date.now): PracticeClock {
  let offset = 0;
  const listeners: ((offsetMs: number) => void)[] = [];
  return {
    now: () => new Date(realNow() + offset),
    offsetMs: () => offset,
    advance: (ms) => {
      offset += ms;
      for (const listener of listeners) listener(offset);
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
}
