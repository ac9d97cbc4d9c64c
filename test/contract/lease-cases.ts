import assert from 'node:assert/strict';
import { hour, minute } from '../../src/base/clock.js';
import { AppError } from '../../src/base/errors.js';
import { systemIds } from '../../src/base/ids.js';
import { enqueue } from '../../src/jobs/enqueue.js';
import type { Job, JobHandler, NewJob } from '../../src/jobs/job.js';
import { createJobLoop } from '../../src/jobs/job-loop.js';
import type { Store } from '../../src/store/store.js';
import type { Engine } from '../support/databases.js';
import { type HandClock, handClock } from '../support/hand-clock.js';
import { heardLog } from '../support/heard-log.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';
import { startChild } from './child.js';

export function leaseCases(engine: Engine): void {
  let database: TestDatabase;
  let store: Store;
  let clock: HandClock;
  let log: ReturnType<typeof heardLog>;
  beforeEach(async () => {
    database = await testDatabase(engine);
    store = await database.open();
    clock = handClock();
    log = heardLog();
  });
  afterEach(() => database.close());

  const loopWith = (handlers: Record<string, JobHandler>, on: Store = store) =>
    createJobLoop({ store: on, clock, ids: systemIds, log, random: () => 0.5, handlers });
  const add = (...jobs: readonly NewJob[]): Promise<void> =>
    store.write(async (tx) => {
      for (const job of jobs) await enqueue(tx, clock, job);
    });
  const work = (more: Partial<NewJob> = {}): NewJob => ({ kind: 'work', payload: {}, ...more });
  const rows = () => store.db.selectFrom('jobs').selectAll().orderBy('id').execute();
  const later = (ms: number): Date => new Date(clock.now().getTime() + ms);
  /** A handler that remembers what it was given. */
  const noting = (ran: Job[]): JobHandler => {
    return async (job) => {
      ran.push(job);
      return { kind: 'done' };
    };
  };

  it('a worker that lost its lease cannot end, postpone or bury the job any more', async () => {
    const outcomes: readonly JobHandler[] = [
      async () => ({ kind: 'done' }),
      async () => ({ kind: 'again', at: later(hour) }),
      () => Promise.reject(new Error('later')),
      () => Promise.reject(new AppError('x.y', { retry: 'no', says: '', next: '' })),
    ];
    const theirs = { lease_owner: 'another instance', lease_until: later(hour).getTime() };
    for (const outcome of outcomes) {
      await store.db.deleteFrom('jobs').execute();
      await add(work());
      const robbed: JobHandler = async (job) => {
        await store.db.updateTable('jobs').set(theirs).execute();
        return outcome(job);
      };
      await loopWith({ work: robbed }).drain();
      const [row] = await rows();
      assert.deepEqual(
        [row?.state, row?.lease_owner, row?.lease_until],
        ['waiting', ...Object.values(theirs)],
      );
    }
    assert.deepEqual(await store.db.selectFrom('audit').selectAll().execute(), []);
  });

  it('a jump of the clock does not begin what is running a second time', async () => {
    const ran: Job[] = [];
    const jumping: JobHandler = async (job) => {
      ran.push(job);
      clock.advance(24 * hour);
      loop.wake();
      await add({ kind: 'next', payload: null });
      await until('the loop to have looked', async () => nexts.length === 1);
      return { kind: 'done' };
    };
    const nexts: Job[] = [];
    const loop = loopWith({ work: jumping, next: noting(nexts) });
    await add(work());
    loop.start();
    await until('the end of it', async () => (await rows()).length === 0);
    await loop.stop();
    assert.equal(ran.length, 1);
  });

  it('long work keeps its lease', async () => {
    let release: () => void = () => undefined;
    const slow: JobHandler = () =>
      new Promise((resolve) => {
        release = () => resolve({ kind: 'done' });
      });
    await add(work());
    const loop = loopWith({ work: slow });
    loop.start();
    const first = await until('a lease', async () => (await rows())[0]?.lease_until);
    clock.advance(minute);
    loop.wake();
    await until('a longer one', async () => ((await rows())[0]?.lease_until ?? 0) > first);
    const stopping = loop.stop();
    release();
    await stopping;
  });

  it('the jobs of a process that was killed come back when its lease ends', async () => {
    const ran: Job[] = [];
    await add(work(), work());
    const child = startChild('worker', JSON.stringify(database.place));
    await child.lines(2);
    await child.kill();
    const lease = Math.max(...(await rows()).map(({ lease_until }) => lease_until));
    const loop = loopWith({ work: noting(ran) });
    clock.advance(lease - 1 - clock.now().getTime());
    // Both were taken in one claim, so both leases end at the same moment.
    assert.equal(await loop.drain(), 0);
    clock.advance(1);
    assert.equal(await loop.drain(), 2);
    assert.deepEqual(
      ran.map(({ attempt }) => attempt),
      [2, 2],
    );
  });
}
