import { z } from 'zod/v4';
import { hour, second } from '../../../base/clock.js';
import type { RequestInfo } from '../../../graph/entitlement.js';
import { changeCard, openCard } from '../../../jobs/cards.js';
import type { JobHandler } from '../../../jobs/job.js';
import type { CardRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { failedCard } from '../cards/failed-card.js';
import { readOrGone } from '../follow/read-or-gone.js';
import { noteRequest, seenOf } from '../seen.js';
import { failedAbout, failedItem, failedKind, failedPurpose } from './failed-about.js';
import { packageOwners } from './owners.js';
import { failedUntil, isFailed, retryUntil, retryWithin } from './read-extras.js';

const payload = z.object({ request: z.string() });

/** Tells those who can let Entra try again, each once, and keeps what they were told true for as long as they can. */
export function followFailed(services: HouseServices): JobHandler {
  return async (job) => {
    const { request: id } = payload.parse(job.payload);
    const now = services.clock.now().getTime();
    if (services.policy.flows.packages === 'off') return { kind: 'again', at: new Date(now + 24 * hour) };
    const request = await readOrGone(services, id);
    if (request === undefined) return { kind: 'done' };
    const failed = isFailed(request);
    const until = failedUntil(request, await failedAt(services, request));
    const late = failed && until <= now;
    if (failed && !late) await tellOwners(services, request);
    const over = late || request.state === 'delivered' || !(failed || isMoving(request));
    await showAll(services, request, over);
    if (over) return { kind: 'done' };
    const gap = failed ? Math.min(hour, until - now + second) : 30 * second;
    return { kind: 'again', at: new Date(now + gap) };
  };
}

/** Asked only where Entra does not say it: then whoever finds it first writes down when that was. */
async function failedAt(services: HouseServices, request: RequestInfo): Promise<number> {
  if (retryUntil(request) !== '') return 0;
  await services.store.write((tx) => noteRequest(tx, services, request));
  return (await seenOf(services, request.id)).endedAt;
}

function isMoving({ state }: RequestInfo): boolean {
  return ['submitted', 'scheduled', 'delivering'].includes(state);
}

/** Who has a card about it keeps that one, also a final one. */
async function tellOwners(services: HouseServices, request: RequestInfo): Promise<void> {
  const owners = await packageOwners(services, request.packageId);
  if (owners.length === 0) {
    services.log.warn({ request: request.id }, 'nobody is named who could let Entra deliver it again');
  }
  const about = failedAbout(services, request);
  for (const { id: person } of owners) {
    await services.store.write(async (tx) => {
      const known = await tx
        .selectFrom('cards')
        .select('ref')
        .where('kind', '=', failedKind)
        .where('item', '=', failedItem(request.id))
        .where('person', '=', person)
        .executeTakeFirst();
      if (known !== undefined) return;
      const { ref } = await openCard(tx, services, {
        flow: 'packages',
        kind: failedKind,
        item: failedItem(request.id),
        person,
        purpose: failedPurpose(request.id, person),
        expiresAt: new Date(services.clock.now().getTime() + retryWithin),
      });
      await changeCard(tx, services.clock, ref, failedCard(services.tenantId, about));
    });
  }
  services.wake();
}

async function showAll(services: HouseServices, request: RequestInfo, final: boolean): Promise<void> {
  const rows: readonly CardRow[] = await services.store.db
    .selectFrom('cards')
    .selectAll()
    .where('kind', '=', failedKind)
    .where('item', '=', failedItem(request.id))
    .where('state', '=', 'open')
    .execute();
  const card = failedCard(services.tenantId, failedAbout(services, request));
  await services.store.write(async (tx) => {
    for (const { ref } of rows) await changeCard(tx, services.clock, ref, card, { final });
  });
  services.wake();
}
