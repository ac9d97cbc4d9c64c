import { second } from '../../../base/clock.js';
import type { HouseServices } from '../../turn.js';
import { markOf, setMark } from './marks.js';

const busy = 'recovery.reads-until';
/** Two and a half of the five calls in ten seconds that the tenant has: the others are for those who press a button. */
const aCall = 4 * second;
/** Nobody waits longer, however much was spent: a round that was counted too high must not stop the others. */
const atMost = 20 * second;

/** Undefined: what is read in the background may be read now. Otherwise when; on all instances. */
export async function busyUntil(services: HouseServices): Promise<Date | undefined> {
  const now = services.clock.now().getTime();
  const until = await markOf(services, busy);
  return until === undefined || until <= now || until > now + atMost ? undefined : new Date(until);
}

/** Told before the calls are made: who comes next waits for as long as they take their share. */
export async function spend(services: HouseServices, calls: number): Promise<void> {
  const now = services.clock.now().getTime();
  const until = (await markOf(services, busy)) ?? now;
  const from = until > now + atMost ? now : Math.max(until, now);
  await services.store.write((tx) => setMark(tx, busy, Math.min(from + calls * aCall, now + atMost)));
}
