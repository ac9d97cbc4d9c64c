import { durationMs } from '../duration.js';
import { refuse } from '../refusal.js';
import type { Wish } from './submit.js';

/** When somebody wants it, and for how long. */
export interface Window {
  /** Undefined: at once. */
  readonly start: number | undefined;
  /** Infinity: without an end. */
  readonly durationMs: number;
}

export function windowOf(wish: Wish, longest: string, now: number): Window {
  const { startDateTime, expiration } = wish;
  const wished = startDateTime === undefined ? now : Date.parse(startDateTime);
  if (Number.isNaN(wished)) invalidSchedule('the start is not a moment');
  // A start that has passed means now: the clocks of two machines never agree.
  const start = wished > now ? wished : undefined;
  const from = start ?? now;
  switch (expiration?.type?.toLowerCase()) {
    case 'afterduration': {
      const length = durationMs(expiration.duration ?? '') ?? 0;
      return length > 0 ? { start, durationMs: length } : invalidSchedule('the duration cannot be read');
    }
    case 'afterdatetime': {
      const length = Date.parse(expiration.endDateTime ?? '') - from;
      return length > 0 ? { start, durationMs: length } : invalidSchedule('the end is before the start');
    }
    case 'noexpiration':
      return { start, durationMs: Number.POSITIVE_INFINITY };
    case undefined:
    case 'notspecified':
      return { start, durationMs: durationMs(longest) ?? 0 };
    default:
      return invalidSchedule('the type of the expiration is unknown');
  }
}

function invalidSchedule(why: string): never {
  const message = `The schedule of the role assignment request is invalid: ${why}.`;
  return refuse(400, 'InvalidRoleAssignmentRequestSchedule', message);
}
