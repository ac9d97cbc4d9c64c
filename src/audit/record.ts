import { PostgresAdapter, sql } from 'kysely';
import type { Clock } from '../base/clock.js';
import { canonicalJson } from '../base/json.js';
import type { AuditRow } from '../store/schema.js';
import type { Tx } from '../store/store.js';
import { beginning, hashOf } from './chain.js';
import type { AuditEvent } from './events.js';

/** Any number, the same in every instance. */
const chainLock = 72_110_004;

/** One line, in the transaction of the change it tells of: there is no change without its line, and no line without it. */
export async function record(tx: Tx, clock: Clock, event: AuditEvent): Promise<void> {
  // Two instances that append at once would both follow the same line: on PostgreSQL they take turns until commit.
  if (tx.getExecutor().adapter instanceof PostgresAdapter) {
    await sql`select pg_advisory_xact_lock(${chainLock})`.execute(tx);
  }
  const head = await tx
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const line: Omit<AuditRow, 'hash'> = {
    seq: (head?.seq ?? 0) + 1,
    at: clock.now().getTime(),
    kind: event.kind,
    actor: storable(event.actor),
    item: storable(event.item),
    reference: storable(event.reference),
    data: canonicalJson(event.data),
    previous: head?.hash ?? beginning,
  };
  await tx
    .insertInto('audit')
    .values({ ...line, hash: hashOf(line) })
    .execute();
}

/**
 * A click can name anything. What a database does not give back as it took it (half a character, a zero byte) would
 * make an honest line look changed.
 */
function storable(text: string): string {
  return text.replace(/[\p{Surrogate}\0]/gu, '\uFFFD');
}
