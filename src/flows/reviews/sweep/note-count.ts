import type { ReviewRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import { begunAgain } from '../packets.js';

/** False: whoever counted in the meantime has told of it, and this count is the older one. */
export async function noteCount(
  tx: Tx,
  row: ReviewRow,
  { left, endsAt = row.ends_at }: { readonly left: number; readonly endsAt?: number },
): Promise<boolean> {
  const noted = await tx
    .updateTable('reviews')
    .set({ undecided: left, ends_at: endsAt })
    .where('instance_id', '=', row.instance_id)
    .where('undecided', '=', row.undecided)
    .executeTakeFirst();
  if (noted.numUpdatedRows === 0n) return false;
  if (row.undecided >= 0 && left > row.undecided) await begunAgain(tx, row.instance_id);
  return true;
}
