import { day } from '../../../base/clock.js';
import { openCard } from '../../../jobs/cards.js';
import type { ActivationRow, CardRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import type { HouseServices } from '../../turn.js';
import { itemOf } from '../activations.js';

/** Longer than people look back at an activation; a button on an older card says so when it is pressed. */
const statusLives = 60 * day;

/** The one card on which its asker follows an activation. */
export function openStatus(tx: Tx, services: HouseServices, row: ActivationRow): Promise<CardRow> {
  return openCard(tx, services, {
    flow: 'pim',
    kind: 'pim.status',
    item: itemOf(row.id),
    person: row.person,
    purpose: purposeOf(row.id),
    expiresAt: new Date(services.clock.now().getTime() + statusLives),
  });
}

/**
 * The form becomes the card of what it asked for. Where another card follows that already, both do. The purpose is taken
 * first, by the insert that waits for whoever else is about to take it.
 */
export async function becomeStatus(
  tx: Tx,
  services: HouseServices,
  ref: string,
  row: ActivationRow,
): Promise<void> {
  const taken = services.ids.ref();
  const holder = await openStatus(tx, { ...services, ids: { ...services.ids, ref: () => taken } }, row);
  const isNew = holder.ref === taken;
  if (isNew) await tx.deleteFrom('cards').where('ref', '=', holder.ref).execute();
  await tx
    .updateTable('cards')
    .set({
      kind: 'pim.status',
      item: itemOf(row.id),
      purpose: isNew || holder.ref === ref ? purposeOf(row.id) : `${purposeOf(row.id)}:${ref}`,
      expires_at: services.clock.now().getTime() + statusLives,
    })
    .where('ref', '=', ref)
    .execute();
}

function purposeOf(activationId: string): string {
  return `pim.status:${activationId}`;
}
