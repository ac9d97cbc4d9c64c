import { type Clock, minute } from '../src/base/clock.js';
import type { Actor } from '../src/identity/actor.js';

/** Who was just refused with a token of Teams' own: asking Teams for the same one again would only cost a round. */
export interface SilentTries {
  failed(actor: Actor): void;
  justFailed(actor: Actor): boolean;
}

const remembered = 2 * minute;
const most = 5_000;

export function createSilentTries(clock: Clock): SilentTries {
  const until = new Map<string, number>();
  return {
    failed({ objectId }) {
      if (until.size >= most) until.delete(until.keys().next().value ?? '');
      until.set(objectId, clock.now().getTime() + remembered);
    },
    justFailed: ({ objectId }) => (until.get(objectId) ?? 0) > clock.now().getTime(),
  };
}
