import { day, hour, minute, second } from '../../../base/clock.js';
import type { Case } from '../cases.js';

/** A pass that somebody has seen is worth watching; without one nobody can be expected to sign in. */
export function isWatched({ pass, state, closed_at }: Pick<Case, 'pass' | 'state' | 'closed_at'>): boolean {
  return closed_at === 0 && pass?.shown === true && state !== 'attest';
}

/** Soon while they are at it, and then less and less often: all cases share five calls in ten seconds with the logs. */
export function gapFor(sinceMade: number): number {
  if (sinceMade < 15 * minute) return 15 * second;
  if (sinceMade < 2 * hour) return minute;
  return sinceMade < day ? 10 * minute : hour;
}

/** After this the pass opens nothing, whatever Entra shows. */
export function passEnds({ pass }: Pick<Case, 'pass'>): number {
  if (pass === undefined) return 0;
  const from = Date.parse(pass.startsAt);
  return (Number.isNaN(from) ? pass.madeAt : from) + pass.minutes * minute;
}
