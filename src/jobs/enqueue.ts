import { sql } from 'kysely';
import type { Clock } from '../base/clock.js';
import { canonicalJson } from '../base/json.js';
import type { Tx } from '../store/store.js';
import type { NewJob } from './job.js';

/**
 * In the transaction of what makes the job necessary. A waiting job with the same key takes the newer payload and the
 * earlier time. One that runs right now may have missed the news: it keeps its lease, so that it never runs twice at
 * once, and its attempts back at 0 tell its worker to let it run once more instead of ending it.
 */
export async function enqueue(tx: Tx, clock: Clock, job: NewJob): Promise<void> {
  const now = clock.now().getTime();
  const runAt = job.runAt?.getTime() ?? now;
  const payload = canonicalJson(job.payload);
  await tx
    .insertInto('jobs')
    .values({
      kind: job.kind,
      key: job.key ?? null,
      payload,
      state: 'waiting',
      run_at: runAt,
      attempts: 0,
      lease_owner: null,
      lease_until: 0,
      last_error: null,
      created_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .column('key')
        // A literal: with a parameter SQLite does not see that the partial index is meant.
        .where('state', '=', sql.lit('waiting'))
        .doUpdateSet((row) => ({
          payload,
          run_at: row.case().when('jobs.run_at', '<', runAt).then(row.ref('jobs.run_at')).else(runAt).end(),
          attempts: 0,
        })),
    )
    .execute();
}
