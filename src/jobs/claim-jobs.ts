import type { Selectable } from 'kysely';
import type { JobRow } from '../store/schema.js';
import type { Store } from '../store/store.js';

export interface Lease {
  readonly owner: string;
  readonly now: number;
  readonly until: number;
}

export type LeasedJob = Selectable<JobRow>;

/**
 * The oldest due jobs that nobody holds. On PostgreSQL instances step over each other's rows instead of waiting. The
 * rows are chosen once, before the update: as a plain subquery PostgreSQL may choose anew for every row, past the limit.
 * `except` is what this process is busy with: a jump of the clock must not make it begin the same work twice.
 */
export function claimJobs(
  store: Store,
  lease: Lease,
  most: number,
  except: readonly number[] = [],
): Promise<LeasedJob[]> {
  return store.write((tx) =>
    tx
      .with(
        (name) => name('due').materialized(),
        (query) =>
          query
            .selectFrom('jobs')
            .select('id')
            .where('state', '=', 'waiting')
            .where('run_at', '<=', lease.now)
            .where('lease_until', '<=', lease.now)
            .$if(except.length > 0, (each) => each.where('id', 'not in', except))
            .orderBy('run_at')
            .orderBy('id')
            .limit(most)
            .$if(store.engine === 'postgres', (each) => each.forUpdate().skipLocked()),
      )
      .updateTable('jobs')
      .set((row) => ({
        lease_owner: lease.owner,
        lease_until: lease.until,
        attempts: row('attempts', '+', 1),
      }))
      .where('id', 'in', (query) => query.selectFrom('due').select('id'))
      .returningAll()
      .execute(),
  );
}

/** Work that takes long keeps its lease while its process lives. */
export async function renewLeases(store: Store, lease: Lease, ids: readonly number[]): Promise<void> {
  await store.write((tx) =>
    tx
      .updateTable('jobs')
      .set({ lease_until: lease.until })
      .where('id', 'in', ids)
      .where('lease_owner', '=', lease.owner)
      .execute(),
  );
}

/** When the next job falls due, or the lease of a dead worker ends. */
export async function nextDue(store: Store, except: readonly number[] = []): Promise<number | undefined> {
  const row = await store.db
    .selectFrom('jobs')
    .select((column) =>
      column.fn
        .min(
          column
            .case()
            .when('lease_until', '>', column.ref('run_at'))
            .then(column.ref('lease_until'))
            .else(column.ref('run_at'))
            .end(),
        )
        .as('due'),
    )
    .where('state', '=', 'waiting')
    .$if(except.length > 0, (query) => query.where('id', 'not in', except))
    .executeTakeFirst();
  return row?.due == null ? undefined : Number(row.due);
}
