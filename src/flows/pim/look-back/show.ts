import { day } from '../../../base/clock.js';
import { belongings } from '../../../graph/membership.js';
import { changeCard, openCard } from '../../../jobs/cards.js';
import { enqueue } from '../../../jobs/enqueue.js';
import type { ActivationRow, CardRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import type { HouseServices } from '../../turn.js';
import { itemOf } from '../activations.js';
import { ownersOf } from '../owners.js';
import { type LookBack, lookBackCard } from './cards.js';
import { firstReminder } from './remind-job.js';
import type { Use } from './use.js';

export const lookBackKind = 'pim.look-back';

/** One card for everybody who answers for the role, fresh where they have it already. False: there is nobody to ask. */
export async function showLookBack(services: HouseServices, row: ActivationRow, use: Use): Promise<boolean> {
  const owners = await ownersOf(services, row);
  if (owners.length === 0) {
    services.log.error({ activation: row.id }, 'nobody can look back on the use of a role');
    return false;
  }
  const found = await lookBackOf(services, row, use);
  await services.store.write(async (tx) => {
    const first = await noteSent(tx, row.id, 'due');
    if (!first && !(await noteSent(tx, row.id, 'sent'))) return;
    for (const { id: person } of owners) await showOne(tx, services, found, person);
    if (first && row.emergency === 1) await enqueue(tx, services.clock, firstReminder(services, row.id));
  });
  services.wake();
  return true;
}

export async function lookBackOf(services: HouseServices, row: ActivationRow, use: Use): Promise<LookBack> {
  const reader = services.graph.reader(services.ids.guid());
  return { row, use, person: (await belongings(reader, [row.person])).get(row.person) };
}

/** False: somebody has closed it meanwhile, and their word stands. The update holds them off until we are through. */
export async function noteSent(tx: Tx, activation: string, before: 'due' | 'sent'): Promise<boolean> {
  const noted = await tx
    .updateTable('activations')
    .set({ look_back: 'sent' })
    .where('id', '=', activation)
    .where('look_back', '=', before)
    .executeTakeFirst();
  return noted.numUpdatedRows === 1n;
}

export async function showOne(
  tx: Tx,
  services: HouseServices,
  found: LookBack,
  person: string,
): Promise<void> {
  const { ref } = await openCard(tx, services, {
    flow: 'pim',
    kind: lookBackKind,
    item: itemOf(found.row.id),
    person,
    purpose: lookBackPurpose(found.row.id, person),
    expiresAt: new Date(services.clock.now().getTime() + 30 * day),
  });
  await changeCard(tx, services.clock, ref, lookBackCard(services, found, { ref, problem: '' }));
}

export function lookBackPurpose(activation: string, person: string): string {
  return `pim.look-back:${activation}:${person}`;
}

export function openLookBacks(tx: Tx, activation: string): Promise<readonly CardRow[]> {
  return tx
    .selectFrom('cards')
    .selectAll()
    .where('item', '=', itemOf(activation))
    .where('kind', '=', lookBackKind)
    .where('state', '=', 'open')
    .execute();
}
