import { inspect } from 'node:util';
import type { Clock } from '../../src/base/clock.js';
import type { Log } from '../../src/base/log.js';

export interface MovableClock extends Clock {
  advance(ms: number): void;
}

/** Starts at the real time, because the tokens of the tests are dated by it. */
export function movableClock(): MovableClock {
  let now = Date.now();
  return {
    now: () => new Date(now),
    advance: (ms) => {
      now += ms;
    },
  };
}

export interface HeardLog extends Log {
  /** Every line with everything in it, also what a real log would leave out. */
  heard(): string;
}

export function heardLog(): HeardLog {
  const lines: string[] = [];
  const hear = (fields: object, message: string): void => {
    lines.push(`${message} ${inspect(fields, { depth: 10 })}`);
  };
  return { debug: hear, info: hear, warn: hear, error: hear, heard: () => lines.join('\n') };
}
