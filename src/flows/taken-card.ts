import type { CardRow } from '../store/schema.js';
import type { Tx } from '../store/store.js';

/** Its reader opened another card out of it (a form, a question), so the message is that card's now. */
export async function isTaken(tx: Tx, row: CardRow): Promise<boolean> {
  if (row.activity_id === null) return false;
  const other = await tx
    .selectFrom('cards')
    .select('ref')
    .where('activity_id', '=', row.activity_id)
    .where('person', '=', row.person)
    .where('ref', '<>', row.ref)
    .executeTakeFirst();
  return other !== undefined;
}

/** It ends without a word: its message is another card's now, or never arrived. */
export async function letGo(tx: Tx, ref: string): Promise<void> {
  await tx.updateTable('cards').set({ state: 'final' }).where('ref', '=', ref).execute();
}
