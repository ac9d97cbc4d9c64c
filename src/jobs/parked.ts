import { sql } from 'kysely';
import type { Clock } from '../base/clock.js';
import type { Tx } from '../store/store.js';

/** Deliveries that waited because their reader could not be reached are tried now. */
export async function bringParked(tx: Tx, clock: Clock, person: string): Promise<void> {
  await tx
    .updateTable('jobs')
    .set({ run_at: clock.now().getTime() })
    .where('kind', '=', 'card.deliver')
    .where('state', '=', sql.lit('waiting'))
    .where('key', 'in', (cards) =>
      cards
        .selectFrom('cards')
        .select(sql<string>`'card:' || ref || ':' || version`.as('key'))
        .where('person', '=', person),
    )
    .execute();
}
