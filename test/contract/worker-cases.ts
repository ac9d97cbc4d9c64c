import assert from 'node:assert/strict';
import { minute } from '../../src/base/clock.js';
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
import { jobRow } from './rows.js';

export function workerCases(engine: Engine): void {
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

  it('a job runs once, when it is due, and leaves nothing behind', async () => {
    const ran: Job[] = [];
    const loop = loopWith({ work: noting(ran) });
    await add(work({ payload: { to: 'manager' }, runAt: later(minute) }));
    assert.equal(await loop.drain(), 0);
    clock.advance(minute);
    assert.equal(await loop.drain(), 1);
    assert.deepEqual(ran, [{ id: 1, kind: 'work', payload: { to: 'manager' }, attempt: 1 }]);
    assert.deepEqual(await rows(), []);
  });

  it('what a job queues runs in the same sweep', async () => {
    const ran: Job[] = [];
    const first: JobHandler = async () => {
      await add(work());
      return { kind: 'done' };
    };
    await add({ kind: 'first', payload: null });
    assert.equal(await loopWith({ first, work: noting(ran) }).drain(), 2);
  });

  it('a job that was queued in a write that failed does not exist', async () => {
    const failing = store.write(async (tx) => {
      await enqueue(tx, clock, work());
      throw new RangeError('afterwards');
    });
    await assert.rejects(failing, RangeError);
    assert.deepEqual(await rows(), []);
  });

  it('queued anew while it runs, it runs once more, but never twice at once', async () => {
    const ran: string[] = [];
    let atOnce = 0;
    const other = await database.beside(store);
    const handlers = {
      work: async ({ payload }: Job) => {
        atOnce += 1;
        assert.equal(atOnce, 1);
        ran.push(String(payload));
        if (payload === 'old') {
          await add(work({ key: 'k', payload: 'new' }));
          await loopWith(handlers, other).drain();
        }
        atOnce -= 1;
        return { kind: 'done' } as const;
      },
    };
    await add(work({ key: 'k', payload: 'old' }));
    await loopWith(handlers).drain();
    assert.deepEqual(ran, ['old', 'new']);
    assert.deepEqual(await rows(), []);
  });

  it('a claim takes no more than there are free hands', async () => {
    let atOnce = 0;
    let most = 0;
    const busy: JobHandler = async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await store.db.selectFrom('jobs').select('id').execute();
      atOnce -= 1;
      return { kind: 'done' };
    };
    await add(...Array.from({ length: 20 }, () => work()));
    await loopWith({ work: busy }).drain();
    assert.equal(most, 4);
  });

  it('one job that takes long holds up nobody', async () => {
    const ran: Job[] = [];
    let release: () => void = () => undefined;
    const slow: JobHandler = () =>
      new Promise((resolve) => {
        release = () => resolve({ kind: 'done' });
      });
    await add({ kind: 'slow', payload: null }, ...Array.from({ length: 20 }, () => work()));
    const loop = loopWith({ slow, work: noting(ran) });
    loop.start();
    await until('the others', async () => ran.length === 20);
    const stopping = loop.stop();
    release();
    await stopping;
    assert.deepEqual(await rows(), []);
  });

  it('a kind that only looks like one is unknown too', async () => {
    await add({ kind: 'constructor', payload: null });
    await loopWith({}).drain();
    assert.equal((await rows())[0]?.last_error, 'jobs.unknown-kind');
  });

  it('what took the program with it thirty times is not begun again', async () => {
    const ran: Job[] = [];
    await store.db
      .insertInto('jobs')
      .values(jobRow({ kind: 'work', attempts: 30 }))
      .execute();
    await loopWith({ work: noting(ran) }).drain();
    assert.deepEqual(ran, []);
    assert.equal((await rows())[0]?.last_error, 'jobs.never-ended');
  });

  it('a wake is never lost', async () => {
    const ran: Job[] = [];
    const loop = loopWith({ work: noting(ran) });
    loop.start();
    for (let index = 1; index <= 5; index += 1) {
      await add(work());
      loop.wake();
      await until('the job', async () => ran.length === index);
    }
    await loop.stop();
  });

  it('the loop outlives a database that is away for a while', async () => {
    const ran: Job[] = [];
    let away = 2;
    const shaky: Store = {
      ...store,
      write: (change) => {
        away -= 1;
        return away >= 0 ? Promise.reject(new Error('connection refused')) : store.write(change);
      },
    };
    await add(work());
    const loop = loopWith({ work: noting(ran) }, shaky);
    loop.start();
    for (const times of [1, 2]) {
      await until('the complaint', async () => log.errors.length === times);
      loop.wake();
    }
    await until('the job', async () => ran.length === 1);
    await loop.stop();
    assert.deepEqual(new Set(log.errors), new Set(['the job loop could not work and tries again']));
  });

  it('stopping waits for what runs and takes nothing new', async () => {
    const ran: string[] = [];
    const loop = loopWith({
      work: async ({ payload }) => {
        const stopping = loop.stop().then(() => ran.push('stopped'));
        await add(work({ payload: 'second' }));
        ran.push(String(payload));
        setImmediate(() => void stopping);
        return { kind: 'done' };
      },
    });
    await add(work({ payload: 'first' }));
    loop.start();
    await until('the stop', async () => ran.includes('stopped'));
    assert.deepEqual(ran, ['first', 'stopped']);
    assert.equal((await rows()).length, 1);
  });
}
