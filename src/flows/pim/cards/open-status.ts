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

/** The form becomes the card of what it asked for. Where another card follows that already, both do. */
export async function becomeStatus(
  tx: Tx,
  services: HouseServices,
  ref: string,
  activationId: string,
): Promise<void> {
  const purpose = purposeOf(activationId);
  const other = await tx
    .selectFrom('cards')
    .select('ref')
    .where('purpose', '=', purpose)
    .where('state', '=', 'open')
    .where('ref', '<>', ref)
    .executeTakeFirst();
  await tx
    .updateTable('cards')
    .set({
      kind: 'pim.status',
      item: itemOf(activationId),
      purpose: other === undefined ? purpose : `${purpose}:${ref}`,
      expires_at: services.clock.now().getTime() + statusLives,
    })
    .where('ref', '=', ref)
    .execute();
}

function purposeOf(activationId: string): string {
  return `pim.status:${activationId}`;
}
