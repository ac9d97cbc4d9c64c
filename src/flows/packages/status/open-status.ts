import { day } from '../../../base/clock.js';
import type { RequestInfo } from '../../../graph/entitlement.js';
import { changeCard, type NewCard, openCard } from '../../../jobs/cards.js';
import type { Tx } from '../../../store/store.js';
import type { Outcome } from '../../flow.js';
import type { HouseServices, Turn } from '../../turn.js';
import { itemOf } from '../follow/request-cards.js';
import { statusOutcome } from './show-status-of.js';

/** Longer than people look back at a request; a button on an older card says so when it is pressed. */
const statusLivesMs = 400 * day;

/** How a request stands, on the one card that follows it from now on, wherever the request was made. */
export async function openStatus(turn: Turn, request: RequestInfo): Promise<Outcome> {
  const { services, actor } = turn;
  const card = statusOf(services, request.id, actor.objectId);
  const row = await services.store.write((tx) => openCard(tx, services, card));
  return statusOutcome(turn, row, request);
}

/**
 * The form becomes the card of its request, and a card that was opened for the request meanwhile gives way to it. The
 * purpose is taken first, by the insert that waits for whoever else is about to take it.
 */
export async function becomeStatus(
  tx: Tx,
  services: HouseServices,
  { ref, requestId, person }: { readonly ref: string; readonly requestId: string; readonly person: string },
): Promise<void> {
  const taken = services.ids.ref();
  const card = statusOf(services, requestId, person);
  const ids = { ...services.ids, ref: () => taken };
  const other = await openCard(tx, { clock: services.clock, ids }, card);
  if (other.ref === taken) {
    await tx.deleteFrom('cards').where('ref', '=', taken).execute();
  } else if (other.ref !== ref) {
    const moved = { template: 'shared/moved', view: {} };
    await changeCard(tx, services.clock, other.ref, moved, { final: true });
  }
  const { kind, item, purpose, expiresAt } = card;
  await tx
    .updateTable('cards')
    .set({ kind, item, purpose, expires_at: expiresAt.getTime() })
    .where('ref', '=', ref)
    .execute();
}

/** One a person: whoever asked for somebody else follows the request as well as whoever it is for. */
function statusOf({ clock }: HouseServices, requestId: string, person: string): NewCard {
  return {
    flow: 'packages',
    kind: 'packages.status',
    item: itemOf(requestId),
    person,
    purpose: `packages.status:${requestId}:${person}`,
    expiresAt: new Date(clock.now().getTime() + statusLivesMs),
  };
}
