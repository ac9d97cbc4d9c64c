import { second } from '../../../base/clock.js';
import { pendingRequests, type RequestInfo, requestsByIds } from '../../../graph/entitlement.js';
import type { JobHandler } from '../../../jobs/job.js';
import type { HouseServices } from '../../turn.js';
import { bringUpToDate } from './follow.js';

const everyMs = 20 * second;

/** Finds what happened elsewhere: requests made in the portal, and decisions made there on requests we show. */
export function sweep(services: HouseServices): JobHandler {
  return async () => {
    try {
      if (services.policy.flows.packages !== 'off') await sweepOnce(services);
    } catch (error) {
      // A sweep that failed is only late; it must never end for good.
      services.log.warn({ error }, 'the packages sweep failed and will be tried again');
    }
    return { kind: 'again', at: new Date(services.clock.now().getTime() + everyMs) };
  };
}

async function sweepOnce(services: HouseServices): Promise<void> {
  const reader = services.graph.reader(services.ids.guid());
  const shown = await shownRequests(services);
  const pending = new Set<string>();
  for await (const page of pendingRequests(reader)) {
    for (const request of page) {
      pending.add(request.id);
      if (shown.get(request.id)?.has('packages.decide') !== true) await oneOf(services, request);
    }
  }
  const elsewhere = [...shown.keys()].filter((id) => !pending.has(id));
  for (const request of await requestsByIds(reader, elsewhere)) await oneOf(services, request);
}

/** What cannot be read of one request (its approver is gone, its policy is not ours to see) is that one's trouble. */
async function oneOf(services: HouseServices, request: RequestInfo): Promise<void> {
  try {
    await bringUpToDate(services, request);
  } catch (error) {
    services.log.warn(
      { error, request: request.id },
      'the cards of a request could not be brought up to date',
    );
  }
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
