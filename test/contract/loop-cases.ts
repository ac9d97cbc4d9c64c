import assert from 'node:assert/strict';
import { linesOf } from '../../src/audit/read.js';
import { minute, second } from '../../src/base/clock.js';
import { AppError } from '../../src/base/errors.js';
import { systemIds } from '../../src/base/ids.js';
import { claimJobs } from '../../src/jobs/claim-jobs.js';
import { enqueue } from '../../src/jobs/enqueue.js';
import type { JobHandler, NewJob } from '../../src/jobs/job.js';
import { createJobLoop } from '../../src/jobs/job-loop.js';
import type { Store } from '../../src/store/store.js';
import type { Engine } from '../support/databases.js';
import { gate } from '../support/gate.js';
import { handClock } from '../support/hand-clock.js';
import { silentLog } from '../support/silent-log.js';
import { suiteStore } from '../support/suite-store.js';

export function loopCases(engine: Engine): void {
  const suite = suiteStore(engine);
  const clock = handClock();
  const now = () => clock.now().getTime();
  const queue = (job: NewJob) => suite.store.write((tx) => enqueue(tx, clock, job));
  const loopWith = (handler: JobHandler, store: Store = suite.store) =>
    createJobLoop({
      store,
      clock,
      ids: systemIds,
      log: silentLog,
      handlers: { work: handler },
      random: () => 0.5,
    });
  const rows = () => suite.store.db.selectFrom('jobs').selectAll().execute();
  beforeEach(() => suite.store.write((tx) => tx.deleteFrom('jobs').execute()));

  it('runs every job once, though two loops look for them at the same time', async () => {
    const ran: unknown[] = [];
    const handler: JobHandler = async (job) => {
      ran.push(job.payload);
      return { kind: 'done' };
    };
    for (let index = 0; index < 30; index += 1) await queue({ kind: 'work', payload: index });
    const other = await suite.beside();
    await Promise.all([loopWith(handler).drain(), loopWith(handler, other).drain()]);
    assert.deepEqual(
      ran.map(Number).sort((a, b) => a - b),
      Array.from({ length: 30 }, (_, index) => index),
    );
    assert.deepEqual(await rows(), []);
  });

  it('takes over the job of a worker that died, once its lease has ended', async () => {
    const attempts: number[] = [];
    const loop = loopWith(async (job) => {
      attempts.push(job.attempt);
      return { kind: 'done' };
    });
    await queue({ kind: 'work', payload: 1 });
    await claimJobs(suite.store, { owner: 'died', now: now(), until: now() + 2 * minute }, 1);
    assert.equal(await loop.drain(), 0);
    clock.advance(2 * minute);
    assert.equal(await loop.drain(), 1);
    assert.deepEqual(attempts, [2]);
  });

  it('runs a job once more that was queued again while it ran', async () => {
    const seen: unknown[] = [];
    const [started, finish] = [gate(), gate()];
    const loop = loopWith(async (job) => {
      seen.push(job.payload);
      started.open();
      await finish.passed;
      return { kind: 'done' };
    });
    await queue({ kind: 'work', key: 'look', payload: 'before' });
    const drained = loop.drain();
    await started.passed;
    await queue({ kind: 'work', key: 'look', payload: 'after' });
    finish.open();
    await drained;
    assert.deepEqual(seen, ['before', 'after']);
    assert.deepEqual(await rows(), []);
  });

  it('tries again after waits that grow', async () => {
    const loop = loopWith(async () => {
      throw new Error('away');
    });
    await queue({ kind: 'work', payload: 1 });
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await loop.drain();
      const [row] = await rows();
      waits.push((row?.run_at ?? 0) - now());
      clock.advance(waits.at(-1) ?? 0);
    }
    const expected = [1, 2, 4, 8, 16, 32, 64, 128, 256, 300].map((each) => each * second);
    assert.deepEqual(waits, expected);
  });

  it('comes back at the time and with the payload it asked for, its attempts counted anew', async () => {
    const seen: unknown[] = [];
    const loop = loopWith(async (job) => {
      seen.push([job.payload, job.attempt]);
      const at = new Date(now() + minute);
      return job.payload === 3 ? { kind: 'done' } : { kind: 'again', at, payload: Number(job.payload) + 1 };
    });
    await queue({ kind: 'work', payload: 1 });
    for (let round = 0; round < 4; round += 1) {
      await loop.drain();
      clock.advance(minute);
    }
    assert.deepEqual(seen, [
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
  });

  it('gives up at once what can never work, and says so in the record', async () => {
    const loop = loopWith(async () => {
      throw new AppError('test.never', { retry: 'no', says: '', next: '' });
    });
    await queue({ kind: 'work', key: 'never', payload: 1 });
    await loop.drain();
    const [row] = await rows();
    assert.deepEqual([row?.state, row?.last_error], ['dead', 'test.never']);
    assert.deepEqual(await deaths(suite.store, row?.id), [{ attempts: 1, code: 'test.never', job: 'work' }]);
  });

  it('leaves work of a kind it does not know to another instance, and says so', async () => {
    const loop = loopWith(async () => ({ kind: 'done' }));
    await queue({ kind: 'from-a-newer-version', payload: 1 });
    await loop.drain();
    const [row] = await rows();
    assert.deepEqual([row?.state, row?.last_error], ['waiting', 'jobs.unknown-kind']);
  });

  it('gives up after thirty tries', async () => {
    const loop = loopWith(async () => {
      throw new Error('away');
    });
    await queue({ kind: 'work', payload: 1 });
    await suite.store.write((tx) => tx.updateTable('jobs').set({ attempts: 29 }).execute());
    await loop.drain();
    const [row] = await rows();
    assert.deepEqual([row?.state, row?.last_error], ['dead', 'unexpected']);
    assert.equal((await deaths(suite.store, row?.id)).length, 1);
  });

  it('does not call a job dead that was queued again while it failed', async () => {
    const loop = loopWith(async (job) => {
      if (job.payload === 'after') return { kind: 'done' };
      await queue({ kind: 'work', key: 'revived', payload: 'after' });
      throw new AppError('test.never', { retry: 'no', says: '', next: '' });
    });
    await queue({ kind: 'work', key: 'revived', payload: 'before' });
    const [row] = await rows();
    await loop.drain();
    assert.deepEqual(await rows(), []);
    assert.deepEqual(await deaths(suite.store, row?.id), []);
  });
}

async function deaths(store: Store, id: number | undefined): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const line of linesOf(store)) {
    if (line.kind === 'job.dead' && line.item === `job:${id}`) found.push(JSON.parse(line.data));
  }
  return found;
}
