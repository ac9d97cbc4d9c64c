import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { systemClock } from '../../src/base/clock.js';
import { AppError } from '../../src/base/errors.js';
import { systemIds } from '../../src/base/ids.js';
import { enqueue } from '../../src/jobs/enqueue.js';
import type { JobHandler, NewJob } from '../../src/jobs/job.js';
import { createJobLoop } from '../../src/jobs/job-loop.js';
import type { Store } from '../../src/store/store.js';
import { gate } from '../support/gate.js';
import { silentLog } from '../support/silent-log.js';
import { openTempStore, type TempStore } from '../support/temp-store.js';

describe('the job loop', () => {
  let temp: TempStore;
  beforeEach(async () => {
    temp = await openTempStore();
  });
  afterEach(() => temp.close());

  const loopWith = (handlers: Record<string, JobHandler>, store: Store = temp.store) =>
    createJobLoop({
      store,
      clock: systemClock,
      ids: systemIds,
      log: silentLog,
      handlers,
      random: () => 0.5,
    });
  const queue = (...jobs: NewJob[]) =>
    temp.store.write(async (tx) => {
      for (const job of jobs) await enqueue(tx, systemClock, job);
    });

  it('takes nothing new and waits for what runs when it is stopped', async () => {
    const happened: string[] = [];
    const [begun, finish] = [gate(), gate()];
    const loop = loopWith({
      slow: async () => {
        begun.open();
        await finish.passed;
        happened.push('the job is over');
        return { kind: 'done' };
      },
    });
    await queue({ kind: 'slow', payload: 1 });
    loop.start();
    await begun.passed;
    const stopped = loop.stop().then(() => happened.push('the loop is over'));
    await queue({ kind: 'slow', payload: 2 });
    await turns();
    finish.open();
    await stopped;
    assert.deepEqual(happened, ['the job is over', 'the loop is over']);
    assert.equal((await temp.store.db.selectFrom('jobs').select('id').execute()).length, 1);
  });

  it('waits for the other jobs too when the end of one cannot be stored', async () => {
    const happened: string[] = [];
    const [begun, failed, finish] = [gate(), gate(), gate()];
    let broken = false;
    const store: Store = {
      ...temp.store,
      write: async (change) => {
        if (!broken) return temp.store.write(change);
        failed.open();
        throw new Error('the database is away');
      },
    };
    const loop = loopWith(
      {
        quick: async () => {
          await begun.passed;
          broken = true;
          return { kind: 'done' };
        },
        slow: async () => {
          begun.open();
          await finish.passed;
          happened.push('the slow job is over');
          return { kind: 'done' };
        },
      },
      store,
    );
    await queue({ kind: 'quick', payload: 1 }, { kind: 'slow', payload: 2 });
    loop.start();
    await failed.passed;
    const stopped = loop.stop().then(() => happened.push('the loop is over'));
    broken = false;
    await turns();
    finish.open();
    await stopped;
    assert.deepEqual(happened, ['the slow job is over', 'the loop is over']);
  });

  it('goes on with other jobs while one is slow', async () => {
    const [all, finish] = [gate(), gate()];
    let quick = 0;
    const loop = loopWith({
      slow: async () => {
        await finish.passed;
        return { kind: 'done' };
      },
      quick: async () => {
        quick += 1;
        if (quick === 10) all.open();
        return { kind: 'done' };
      },
    });
    const others = Array.from({ length: 10 }, (_, index): NewJob => ({ kind: 'quick', payload: index }));
    await queue({ kind: 'slow', payload: 0 }, ...others);
    loop.start();
    await all.passed;
    finish.open();
    await loop.stop();
    assert.equal(quick, 10);
  });

  it('goes on when the database was away for a while', async () => {
    const ran = gate();
    let failures = 1;
    const store: Store = {
      ...temp.store,
      write: async (change) => {
        failures -= 1;
        if (failures >= 0) throw new Error('the database is away');
        return temp.store.write(change);
      },
    };
    const loop = loopWith(
      {
        work: async () => {
          ran.open();
          return { kind: 'done' };
        },
      },
      store,
    );
    await queue({ kind: 'work', payload: 1 });
    loop.start();
    await ran.passed;
    await loop.stop();
    assert.equal(failures < 0, true);
  });

  it('buries a job and says so in the record together, or does neither', async () => {
    await sql`create trigger full before insert on audit begin select raise(abort, 'disk full'); end`.execute(
      temp.store.db,
    );
    await queue({ kind: 'work', payload: 1 });
    const loop = loopWith({
      work: async () => {
        throw new AppError('test.never', { retry: 'no', says: '', next: '' });
      },
    });
    await loop.drain();
    const row = await temp.store.db.selectFrom('jobs').select('state').executeTakeFirst();
    assert.equal(row?.state, 'waiting');
  });

  it('never gives the number of a finished job to another one, because the record names jobs by it', async () => {
    const seen: number[] = [];
    const loop = loopWith({
      work: async ({ id }) => {
        seen.push(id);
        return { kind: 'done' };
      },
    });
    for (let index = 0; index < 3; index += 1) {
      await queue({ kind: 'work', payload: index });
      await loop.drain();
    }
    assert.equal(new Set(seen).size, 3);
  });
});

/** Long enough for a loop that does not wait to say that it is over. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate);
}
