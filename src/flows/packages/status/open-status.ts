import { day } from '../../../base/clock.js';
import type { RequestInfo } from '../../../graph/entitlement.js';
import { openCard } from '../../../jobs/cards.js';
import type { Outcome } from '../../flow.js';
import type { Turn } from '../../turn.js';
import { statusCard } from '../cards/status-card.js';

/** Longer than people look back at a request; a button on an older card says so when it is pressed. */
export const statusLivesMs = 400 * day;

/** How a request stands, on the one card that follows it from now on, wherever the request was made. */
export async function openStatus(turn: Turn, request: RequestInfo): Promise<Outcome> {
  const { services, actor } = turn;
  const row = await services.store.write((tx) =>
    openCard(tx, services, {
      flow: 'packages',
      kind: 'packages.status',
      item: `assignmentRequest:${request.id}`,
      person: actor.objectId,
      purpose: `packages.status:${request.id}`,
      expiresAt: new Date(services.clock.now().getTime() + statusLivesMs),
    }),
  );
  return { kind: 'card', card: statusCard(services.tenantId, request), ref: row.ref };
}
