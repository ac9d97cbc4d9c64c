import { z } from 'zod/v4';
import { minute, second } from '../../../base/clock.js';
import { pendingRequests, type RequestInfo, requestsByIds } from '../../../graph/entitlement.js';
import type { JobHandler } from '../../../jobs/job.js';
import type { HouseServices } from '../../turn.js';
import { decideKind } from '../decide/card-stage.js';
import { isFailed } from '../status/read-extras.js';
import { closeGone } from './close-gone.js';
import { bringUpToDate } from './follow.js';
import { readLog } from './read-log.js';

const everyMs = 20 * second;
/** What cannot move by itself (nobody to ask, a delivery that failed) is looked at only so often. */
const slowMs = 10 * minute;

/** What is in no hurry, by id the state in which it was found, and when all of it was looked at. */
const slowShape = z.object({ states: z.record(z.string(), z.string()), since: z.number() });
const payload = z.object({ slow: slowShape.optional() });
type Slow = z.infer<typeof slowShape>;

/** Finds what happened elsewhere: requests made in the portal, and decisions made there on requests we show. */
export function sweep(services: HouseServices): JobHandler {
  return async (job) => {
    let { slow } = payload.parse(job.payload);
    if (services.policy.flows.packages !== 'off') {
      slow = await orLater(services, () => sweepOnce(services, slow));
      // After the requests: what is new among them is looked for in the log at once.
      await orLater(services, () => readLog(services));
    }
    const at = new Date(services.clock.now().getTime() + everyMs);
    return { kind: 'again', at, payload: slow === undefined ? {} : { slow } };
  };
}

/** A sweep that failed is only late; it must never end for good. */
async function orLater<T>(services: HouseServices, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    services.log.warn({ error }, 'the packages sweep failed and will be tried again');
    return undefined;
  }
}

async function sweepOnce(services: HouseServices, before: Slow | undefined): Promise<Slow> {
  const now = services.clock.now().getTime();
  const known =
    before !== undefined && before.since <= now && now < before.since + slowMs ? before : undefined;
  const slow = new Map(Object.entries(known?.states ?? {}));
  const still = new Map<string, string>();
  const look = async (request: RequestInfo): Promise<void> => {
    const { id, state } = request;
    if (slow.get(id) === state || (await isSlow(services, request))) still.set(id, state);
  };
  const reader = services.graph.reader(services.ids.guid());
  const shown = await shownRequests(services);
  const pending = new Set<string>();
  for await (const page of pendingRequests(reader)) {
    for (const request of page) {
      pending.add(request.id);
      if (shown.get(request.id)?.has(decideKind) !== true) await look(request);
    }
  }
  const under = await underWay(services);
  const elsewhere = [...new Set([...shown.keys(), ...under])].filter((id) => !pending.has(id));
  for (const [id, found] of await requestsByIds(reader, elsewhere)) {
    if (found === 'gone') await closeGone(services, id);
    else await look(found);
  }
  return { states: Object.fromEntries(still), since: known?.since ?? now };
}

/** Brings it up to date. What cannot be read of it (its approver is gone, its policy is not ours to see) is its own trouble. */
async function isSlow(services: HouseServices, request: RequestInfo): Promise<boolean> {
  try {
    const { stuck } = await bringUpToDate(services, request);
    return stuck || isFailed(request);
  } catch (error) {
    services.log.warn(
      { error, request: request.id },
      'the cards of a request could not be brought up to date',
    );
    return false;
  }
}

/** Requests that were on somebody's card and are not at their end, even when no card waits any more. */
async function underWay({ store }: HouseServices): Promise<readonly string[]> {
  const rows = await store.db.selectFrom('package_requests').select('id').where('ended_at', '=', 0).execute();
  return rows.map(({ id }) => id);
}

/** Requests with a card that is not final yet, and which kinds of card they have. */
async function shownRequests(services: HouseServices): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await services.store.db
    .selectFrom('cards')
    .select(['item', 'kind'])
    .where('flow', '=', 'packages')
    .where('state', '=', 'open')
    .where('item', 'like', 'assignmentRequest:%')
    .execute();
  const shown = new Map<string, Set<string>>();
  for (const { item, kind } of rows) {
    const id = item.slice(item.indexOf(':') + 1);
    shown.set(id, (shown.get(id) ?? new Set()).add(kind));
  }
  return shown;
}
