import { z } from 'zod/v4';
import { second } from '../../../base/clock.js';
import type { JobHandler, NewJob } from '../../../jobs/job.js';
import type { HouseServices } from '../../turn.js';
import { type Case, openCases } from '../cases.js';
import { spend } from '../report/pace.js';
import { endUnused } from './end-unused.js';
import { showGuide } from './guide.js';
import { lookAt } from './look-at.js';
import { gapFor, isWatched } from './next-look.js';

const every = 15 * second;
/** So that on a bad day the others who need the same five calls in ten seconds get theirs. */
const looksAtOnce = 2;

const look = z.object({ at: z.number(), pass: z.string(), fate: z.enum(['waits', 'used', 'over']) });
const payload = z.object({ looks: z.record(z.string(), look).default({}) });

type Looks = Readonly<Record<string, z.infer<typeof look>>>;

/** Queued when the bot starts. One for all cases: each for itself would not know what the others spend. */
export const watchStarts: readonly NewJob[] = [
  { kind: 'recovery.watch', key: 'recovery.watch', payload: {} },
];

/** Waits until whoever got a pass is back on their feet, and closes the case then. */
export function watch(services: HouseServices): JobHandler {
  return async (job) => {
    const before = payload.parse(job.payload).looks;
    const looks = services.policy.flows.recovery === 'off' ? before : await watchOrLater(services, before);
    return { kind: 'again', at: new Date(services.clock.now().getTime() + every), payload: { looks } };
  };
}

/** A round that failed is only late; it must never end for good. */
async function watchOrLater(services: HouseServices, before: Looks): Promise<Looks> {
  try {
    return await watchOnce(services, before);
  } catch (error) {
    services.log.warn({ error }, 'the watch over passes failed and will be tried again');
    return before;
  }
}

/** What was looked at when, of those that are still watched. */
export async function watchOnce(services: HouseServices, before: Looks): Promise<Looks> {
  const now = services.clock.now().getTime();
  const open = await openCases(services);
  await endUnused(services, open);
  const watched = open.filter(isWatched);
  // A new pass begins anew.
  const known = new Map(
    watched.flatMap((one) => {
      const last = before[one.id];
      return last !== undefined && last.pass === one.pass?.id ? [[one.id, last] as const] : [];
    }),
  );
  const waited = (one: Case): number => now - (known.get(one.id)?.at ?? 0);
  const due = watched
    .filter((one) => waited(one) >= gapFor(now - (one.pass?.madeAt ?? 0)))
    .sort((a, b) => waited(b) - waited(a))
    .slice(0, looksAtOnce);
  if (due.length > 0) await spend(services, due.length);
  for (const one of due) {
    const fate = known.get(one.id)?.fate ?? 'waits';
    known.set(one.id, { at: now, pass: one.pass?.id ?? '', fate: await lookOrLater(services, one, fate) });
  }
  if (due.length > 0) services.wake();
  return Object.fromEntries(known);
}

/** One person's trouble must not hold up the others. */
async function lookOrLater(
  services: HouseServices,
  one: Case,
  known: z.infer<typeof look>['fate'],
): Promise<z.infer<typeof look>['fate']> {
  try {
    const seen = await lookAt(services, one, known);
    await showGuide(services, seen);
    return seen.fate;
  } catch (error) {
    services.log.warn({ error }, 'a look at a case failed and will be tried again');
    return known;
  }
}
