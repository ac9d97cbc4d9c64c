import assert from 'node:assert/strict';
import { minute, second } from '../../src/base/clock.js';
import { claimJobs, type LeasedJob, nextDue } from '../../src/jobs/claim-jobs.js';
import { enqueue } from '../../src/jobs/enqueue.js';
import type { NewJob } from '../../src/jobs/job.js';
import type { Engine } from '../support/databases.js';
import { handClock } from '../support/hand-clock.js';
import { suiteStore } from '../support/suite-store.js';

export function jobCases(engine: Engine): void {
  const suite = suiteStore(engine);
  const clock = handClock();
  const now = () => clock.now().getTime();
  const queue = (...jobs: NewJob[]) =>
    suite.store.write(async (tx) => {
      for (const job of jobs) await enqueue(tx, clock, job);
    });
  const lease = (owner: string, most: number): Promise<LeasedJob[]> =>
    claimJobs(suite.store, { owner, now: now(), until: now() + minute }, most);
  const numbers = (jobs: readonly LeasedJob[]) => jobs.map((job) => JSON.parse(job.payload));
  beforeEach(() => suite.store.write((tx) => tx.deleteFrom('jobs').execute()));

  it('keeps one waiting job a key, with the newer payload and the earlier time', async () => {
    const later = new Date(now() + minute);
    await queue(
      { kind: 'look', key: 'one', payload: 1 },
      { kind: 'look', key: 'one', payload: 2, runAt: later },
    );
    const rows = await suite.store.db.selectFrom('jobs').select(['payload', 'run_at']).execute();
    assert.deepEqual(
      rows.map((row) => [row.payload, row.run_at]),
      [['2', now()]],
    );
  });

  it('queues a key again when its job is dead', async () => {
    await queue({ kind: 'look', key: 'dead', payload: 1 });
    await suite.store.write((tx) => tx.updateTable('jobs').set({ state: 'dead' }).execute());
    await queue({ kind: 'look', key: 'dead', payload: 2 });
    assert.deepEqual(numbers(await lease('a', 10)), [2]);
  });

  it('hands out no more than was asked for, the oldest first', async () => {
    await queue(...Array.from({ length: 60 }, (_, index) => ({ kind: 'look', payload: index })));
    const first = numbers(await lease('a', 4));
    assert.deepEqual(
      first.sort((a, b) => a - b),
      [0, 1, 2, 3],
    );
  });

  it('hands out every job once to several who ask at the same time', async () => {
    await queue(...Array.from({ length: 30 }, (_, index) => ({ kind: 'look', payload: index })));
    const other = await suite.beside();
    const asked = Array.from({ length: 12 }, (_, index) =>
      claimJobs(
        index % 2 === 0 ? suite.store : other,
        { owner: `worker-${index}`, now: now(), until: now() + minute },
        4,
      ),
    );
    const got = numbers((await Promise.all(asked)).flat());
    assert.deepEqual(
      got.sort((a, b) => a - b),
      Array.from({ length: 30 }, (_, index) => index),
    );
  });

  it('hands a job out again when its lease has ended', async () => {
    await queue({ kind: 'look', payload: 'held' });
    await lease('dies', 1);
    assert.deepEqual(await lease('lives', 1), []);
    clock.advance(minute);
    const [again] = await lease('lives', 1);
    assert.deepEqual([again?.lease_owner, again?.attempts], ['lives', 2]);
  });

  it('knows when the next job is due: its time, or the end of the lease of who holds it', async () => {
    assert.equal(await nextDue(suite.store), undefined);
    await queue({ kind: 'look', payload: 1, runAt: new Date(now() + 5 * second) });
    assert.equal(await nextDue(suite.store), now() + 5 * second);
    clock.advance(5 * second);
    await lease('holds', 1);
    assert.equal(await nextDue(suite.store), now() + minute);
  });
}
