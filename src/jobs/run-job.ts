import type { ExpressionBuilder } from 'kysely';
import { record } from '../audit/record.js';
import { type Clock, minute, second } from '../base/clock.js';
import { isAppError } from '../base/errors.js';
import { canonicalJson } from '../base/json.js';
import type { Log } from '../base/log.js';
import type { Schema } from '../store/schema.js';
import type { Store, Tx } from '../store/store.js';
import type { LeasedJob } from './claim-jobs.js';
import { jobsError } from './errors.js';
import type { JobHandler, JobResult } from './job.js';

export interface RunServices {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly handlers: Readonly<Record<string, JobHandler>>;
  readonly random: () => number;
}

/** About two hours of growing waits; what does not work by then needs a person. */
const mostAttempts = 30;
const longestWaitMs = 5 * minute;

export async function runJob(services: RunServices, row: LeasedJob): Promise<void> {
  try {
    const handler = services.handlers[row.kind];
    if (handler === undefined) throw jobsError('jobs.unknown-kind', undefined, { kind: row.kind });
    const job = { id: row.id, kind: row.kind, payload: JSON.parse(row.payload), attempt: row.attempts };
    await finish(services, row, await handler(job));
  } catch (error) {
    await fail(services, row, error);
  }
}

async function finish({ store }: RunServices, row: LeasedJob, result: JobResult): Promise<void> {
  await store.write(async (tx) => {
    if (result.kind === 'done') {
      await tx.deleteFrom('jobs').where(stillMine(row)).execute();
      return;
    }
    const payload = result.payload === undefined ? row.payload : canonicalJson(result.payload);
    const again = { run_at: result.at.getTime(), payload, attempts: 0, last_error: null };
    await tx
      .updateTable('jobs')
      .set({ ...again, lease_owner: null, lease_until: 0 })
      .where(stillMine(row))
      .execute();
  });
}

/** A worker whose lease ran out, or whose job was queued anew meanwhile, has no say in it any more. */
function stillMine({ id, lease_owner }: LeasedJob) {
  return (row: ExpressionBuilder<Schema, 'jobs'>) =>
    row.and([row('id', '=', id), row('lease_owner', '=', lease_owner)]);
}

async function fail(services: RunServices, row: LeasedJob, error: unknown): Promise<void> {
  const code = isAppError(error) ? error.code : 'unexpected';
  const final = (isAppError(error) && error.retry === 'no') || row.attempts >= mostAttempts;
  const fields = { error, job: row.kind, attempts: row.attempts };
  if (final) services.log.error(fields, 'a job was given up');
  else services.log.warn(fields, 'a job failed and will be tried again');
  await services.store.write((tx) =>
    final ? bury(tx, services, row, code) : postpone(tx, services, row, code),
  );
}

async function postpone(tx: Tx, { clock, random }: RunServices, row: LeasedJob, code: string): Promise<void> {
  const wait = Math.min(longestWaitMs, second * 2 ** (row.attempts - 1)) * (0.5 + random());
  const runAt = clock.now().getTime() + Math.round(wait);
  await tx
    .updateTable('jobs')
    .set({ run_at: runAt, last_error: code, lease_owner: null, lease_until: 0 })
    .where(stillMine(row))
    .execute();
}

/** Nobody sees a dead job by itself: it is one line in the record, and `npm run doctor` counts them. */
async function bury(tx: Tx, { clock }: RunServices, row: LeasedJob, code: string): Promise<void> {
  const buried = await tx
    .updateTable('jobs')
    .set({ state: 'dead', last_error: code, lease_owner: null })
    .where(stillMine(row))
    .executeTakeFirst();
  if (buried.numUpdatedRows === 0n) return;
  await record(tx, clock, {
    kind: 'job.dead',
    actor: 'latchkey',
    item: `job:${row.id}`,
    reference: row.key ?? '',
    data: { job: row.kind, code, attempts: row.attempts },
  });
}
