import type { ExpressionBuilder, UpdateResult } from 'kysely';
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
  /** 0 to 1, for the spread of repeated tries. */
  readonly random: () => number;
}

/** About two hours of growing waits; what does not work by then needs a person. */
const mostAttempts = 30;
const longestWaitMs = 5 * minute;

export async function runJob(services: RunServices, row: LeasedJob): Promise<void> {
  let result: JobResult;
  try {
    result = await handle(services, row);
  } catch (error) {
    return fail(services, row, error);
  }
  await services.store.write((tx) => finish(tx, row, result));
}

async function handle({ handlers }: RunServices, row: LeasedJob): Promise<JobResult> {
  const handler = Object.hasOwn(handlers, row.kind) ? handlers[row.kind] : undefined;
  if (handler === undefined) throw jobsError('jobs.unknown-kind', undefined, { kind: row.kind });
  // The last try failed without a word: it took the program with it, and would do so again.
  if (row.attempts > mostAttempts) throw jobsError('jobs.never-ended');
  const { id, kind, payload, attempts } = row;
  return handler({ id, kind, payload: JSON.parse(payload), attempt: attempts });
}

async function finish(tx: Tx, row: LeasedJob, result: JobResult): Promise<void> {
  if (result.kind === 'done') {
    const { numDeletedRows } = await tx.deleteFrom('jobs').where(unchanged(row)).executeTakeFirst();
    if (numDeletedRows === 0n) await letGo(tx, row);
    return;
  }
  const payload = result.payload === undefined ? row.payload : canonicalJson(result.payload);
  const again = { run_at: result.at.getTime(), payload, attempts: 0, last_error: null };
  await change(tx, row, { ...again, lease_owner: null, lease_until: 0 });
}

/** True when the job was still ours to change; otherwise it only runs once more, if it is ours at all. */
async function change(tx: Tx, row: LeasedJob, to: Partial<LeasedJob>): Promise<boolean> {
  const { id: _, ...values } = to;
  const updated = await tx.updateTable('jobs').set(values).where(unchanged(row)).executeTakeFirst();
  if (changed(updated)) return true;
  await letGo(tx, row);
  return false;
}

/** Queued anew while it ran: what it did is done, and it is due again. */
async function letGo(tx: Tx, row: LeasedJob): Promise<void> {
  await tx.updateTable('jobs').set({ lease_owner: null, lease_until: 0 }).where(mine(row)).execute();
}

/** A worker whose lease ran out and was taken has no say in the job any more. */
function mine({ id, lease_owner }: LeasedJob) {
  return (row: ExpressionBuilder<Schema, 'jobs'>) =>
    row.and([row('id', '=', id), row('lease_owner', '=', lease_owner)]);
}

function unchanged(job: LeasedJob) {
  return (row: ExpressionBuilder<Schema, 'jobs'>) =>
    row.and([mine(job)(row), row('attempts', '=', job.attempts)]);
}

function changed({ numUpdatedRows }: UpdateResult): boolean {
  return numUpdatedRows > 0n;
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
  await change(tx, row, { run_at: runAt, last_error: code, lease_owner: null, lease_until: 0 });
}

/** Nobody sees a dead job by itself: it is one line in the record, and `npm run doctor` counts them. */
async function bury(tx: Tx, { clock }: RunServices, row: LeasedJob, code: string): Promise<void> {
  const dead = await change(tx, row, { state: 'dead', last_error: code, lease_owner: null, lease_until: 0 });
  if (!dead) return;
  await record(tx, clock, {
    kind: 'job.dead',
    actor: 'latchkey',
    item: `job:${row.id}`,
    reference: row.key ?? '',
    data: { job: row.kind, code, attempts: row.attempts },
  });
}
