import type { Tx } from '../../../store/store.js';
import type { HouseServices } from '../../turn.js';

/** How far something has come that is read bit by bit; undefined: it has not begun. */
export async function markOf(
  { store }: Pick<HouseServices, 'store'>,
  name: string,
): Promise<number | undefined> {
  const mark = await store.db.selectFrom('marks').select('at').where('name', '=', name).executeTakeFirst();
  return mark?.at;
}

export async function setMark(tx: Tx, name: string, at: number): Promise<void> {
  await tx
    .insertInto('marks')
    .values({ name, at })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ at }))
    .execute();
}
