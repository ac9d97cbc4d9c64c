import { z } from 'zod/v4';
import { day, hour, minute } from '../../../base/clock.js';
import { type Held, heldPart } from '../../../graph/entitlement.js';
import { enqueue } from '../../../jobs/enqueue.js';
import type { JobHandler, JobResult, NewJob } from '../../../jobs/job.js';
import type { HouseServices } from '../../turn.js';
import { heldKind, heldPurpose } from './items.js';
import { knownOf } from './known.js';
import { dueNotice, isWatched, nextLook, searchedEvery } from './notices.js';
import { watchJob } from './watch-job.js';

const states = ['delivered', 'partiallyDelivered'] as const;

const payload = z.object({
  failed: z.number().default(0),
  /** Where the search goes on: in which of the states, from which page, and when it began. */
  at: z
    .object({
      state: z.int().min(0).max(1),
      from: z.record(z.string(), z.string()).optional(),
      since: z.number(),
    })
    .optional(),
});

type Order = z.infer<typeof payload>;
type Place = NonNullable<Order['at']>;

/** Queued when the bot starts. */
export const endingStart: NewJob = {
  kind: 'packages.ending',
  key: 'packages.ending',
  payload: { failed: 0 },
};

/** So many pages at a time: what was found is kept, and other work gets its turn. */
const pagesAtOnce = 100;

/**
 * What was delivered or extended here is looked after already. Now and then everything is gone through: whose access
 * comes to its end soon, wherever it was given, is looked after from then on.
 */
export function findEnding(services: HouseServices): JobHandler {
  return async (job) => {
    const order = payload.parse(job.payload);
    const now = services.clock.now().getTime();
    if (services.policy.flows.packages === 'off') return next(now + day, { failed: 0 });
    let at: Place = order.at ?? { state: 0, since: now };
    try {
      for (let pages = 0; pages < pagesAtOnce; pages += 1) {
        const after = await lookAtPage(services, at);
        if (after === undefined) return next(at.since + searchedEvery, { failed: 0 });
        at = after;
      }
      return next(now + minute, { failed: 0, at });
    } catch (error) {
      // It must never end for good. A place that Entra has forgotten is given up for the beginning.
      services.log.warn({ error }, 'the search for access that ends failed and will be tried again');
      const failed = Math.min(order.failed + 1, 10);
      const gap = Math.min(2 * hour, 5 * minute * 2 ** order.failed);
      return next(now + gap, failed < 3 ? { failed, at } : { failed });
    }
  };
}

function next(at: number, { failed, at: place }: Order): JobResult {
  const { from, ...where } = place ?? {};
  const started = from === undefined ? where : { ...where, from };
  return {
    kind: 'again',
    at: new Date(at),
    payload: place === undefined ? { failed } : { failed, at: started },
  };
}

/** Undefined: it was the last one. */
async function lookAtPage(
  services: HouseServices,
  { state, from, since }: Place,
): Promise<Place | undefined> {
  const reader = services.graph.reader(services.ids.guid());
  const { held, next: follows } = await heldPart(reader, states[state] ?? 'delivered', from);
  await watchThose(services, held);
  if (follows !== undefined) return { state, from: follows, since };
  return state + 1 < states.length ? { state: state + 1, since } : undefined;
}

async function watchThose(services: HouseServices, all: readonly Held[]): Promise<void> {
  const { clock, policy, store } = services;
  const { notices } = policy.packages;
  const now = clock.now().getTime();
  const near = all.filter((held) => held.personId !== '' && isWatched(held, notices, now));
  if (near.length === 0) return;
  const told = await toldAmong(services, near, now);
  await store.write(async (tx) => {
    for (const held of near) {
      const due = dueNotice(held, notices, now);
      const waits = due !== undefined && !told.has(heldPurpose(held.id, held.endsAt, due));
      const at = waits ? now : Math.max(now, nextLook(held, notices, now));
      await enqueue(tx, clock, watchJob(held.id, knownOf(held), at));
    }
  });
  services.wake();
}

/** Notices that were given: nobody has to look at those again before the next one is due. */
async function toldAmong(
  { store, policy }: HouseServices,
  held: readonly Held[],
  now: number,
): Promise<ReadonlySet<string>> {
  const purposes = held.flatMap((each) => {
    const due = dueNotice(each, policy.packages.notices, now);
    return due === undefined ? [] : [heldPurpose(each.id, each.endsAt, due)];
  });
  if (purposes.length === 0) return new Set();
  const rows = await store.db
    .selectFrom('cards')
    .select('purpose')
    .where('kind', '=', heldKind)
    .where('purpose', 'in', purposes)
    .execute();
  return new Set(rows.map(({ purpose }) => purpose));
}
