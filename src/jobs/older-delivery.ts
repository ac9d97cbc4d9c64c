import { type Kysely, sql } from 'kysely';
import type { Schema } from '../store/schema.js';
import { deliveryKey } from './cards.js';

/** No delivery is that many pictures behind; asking for keys by name keeps it one look into the index. */
const furthest = 20;

/** The oldest delivery of the same card that is not over: leased by somebody, or waiting for its next try. */
export async function olderDelivery(
  db: Kysely<Schema>,
  ref: string,
  version: number,
): Promise<{ readonly leased: boolean; readonly runAt: number } | undefined> {
  const count = Math.min(furthest, version - 1);
  if (count <= 0) return undefined;
  const keys = Array.from({ length: count }, (_, index) => deliveryKey(ref, version - 1 - index));
  const rows = await db
    .selectFrom('jobs')
    .select(['lease_owner', 'run_at'])
    .where('key', 'in', keys)
    // A literal: with a parameter SQLite does not see that the partial index is meant.
    .where('state', '=', sql.lit('waiting'))
    .orderBy('id')
    .execute();
  const oldest = rows.find((row) => row.lease_owner !== null) ?? rows[0];
  return oldest === undefined ? undefined : { leased: oldest.lease_owner !== null, runAt: oldest.run_at };
}
