import { sql } from 'kysely';
import { minute } from '../../../base/clock.js';
import { enqueue } from '../../../jobs/enqueue.js';
import type { Tx } from '../../../store/store.js';
import type { HouseServices } from '../../turn.js';

/** Long enough to call somebody and to read eight characters out twice. */
const readingMs = 5 * minute;

export const hideKind = 'recovery.hide';

function hideKey(ref: string): string {
  return `${hideKind}:${ref}`;
}

/** The message shows a code that comes from nowhere else: an edit now would take it from under the reader's eyes. */
export function keepForReading(tx: Tx, { clock }: HouseServices, ref: string): Promise<void> {
  const runAt = new Date(clock.now().getTime() + readingMs);
  return enqueue(tx, clock, { kind: hideKind, key: hideKey(ref), payload: { ref }, runAt });
}

/** Whether the message of this card is to be left as it is. */
export async function isBeingRead({ store, clock }: HouseServices, ref: string): Promise<boolean> {
  const waiting = await store.db
    .selectFrom('jobs')
    .select('run_at')
    .where('key', '=', hideKey(ref))
    // A literal: with a parameter SQLite does not see that the partial index is meant.
    .where('state', '=', sql.lit('waiting'))
    .executeTakeFirst();
  return waiting !== undefined && waiting.run_at > clock.now().getTime();
}

/** It was read out, or there is nothing to read. */
export async function endReading(tx: Tx, ref: string): Promise<void> {
  await tx
    .deleteFrom('jobs')
    .where('key', '=', hideKey(ref))
    .where('state', '=', sql.lit('waiting'))
    .where('lease_owner', 'is', null)
    .execute();
}
