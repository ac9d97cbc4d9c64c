import { type Clock, minute, second } from '../base/clock.js';
import type { Ids } from '../base/ids.js';
import type { Log } from '../base/log.js';
import type { Store } from '../store/store.js';
import { type Alarm, createAlarm } from './alarm.js';
import { claimJobs, type LeasedJob, nextDue } from './claim-jobs.js';
import type { JobHandler } from './job.js';
import { runJob } from './run-job.js';

/** Longer than the slowest send with all its waiting; a worker that died is replaced after it. */
const leaseMs = 2 * minute;
/** Work queued by another instance is found by looking; our own wakes the loop at once. */
const pollMs = second / 2;
const atOnce = 4;

export interface JobLoopOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly handlers: Readonly<Record<string, JobHandler>>;
  /** 0 to 1, for the spread of repeated tries. */
  readonly random: () => number;
  /** Shared with whoever queues work and wants it done at once. */
  readonly alarm?: Alarm;
}

export interface JobLoop {
  start(): void;
  /** Something was queued, or the clock has jumped: look now. */
  wake(): void;
  /** Runs everything that is due, and what that makes due; says how many jobs ran. */
  drain(): Promise<number>;
  /** Takes nothing new and waits for what runs. */
  stop(): Promise<void>;
}

export function createJobLoop(options: JobLoopOptions): JobLoop {
  const { store, clock, log, alarm = createAlarm() } = options;
  const underWay = new Set<Promise<void>>();
  let stopped = false;
  let running: Promise<void> | undefined;

  /** Fills the free places, so that one slow job does not hold up the others. */
  const take = async (): Promise<number> => {
    const free = atOnce - underWay.size;
    if (free <= 0 || stopped) return 0;
    const jobs = await lease(options, free);
    for (const job of jobs) {
      const work = runSafely(options, job).finally(() => {
        underWay.delete(work);
        alarm.ring();
      });
      underWay.add(work);
    }
    return jobs.length;
  };

  const pause = async (): Promise<void> => {
    const due = underWay.size >= atOnce ? undefined : await nextDue(store);
    const wait = (due ?? Number.MAX_SAFE_INTEGER) - clock.now().getTime();
    if (!stopped) await alarm.sleep(Math.min(pollMs, Math.max(10, wait)));
  };

  const work = async (): Promise<void> => {
    while (!stopped) {
      alarm.quiet();
      try {
        if ((await take()) === 0) await pause();
      } catch (error) {
        // The database may be away for a while; the loop outlives that.
        log.error({ error }, 'the job loop could not work and tries again');
        await alarm.sleep(pollMs);
      }
    }
  };

  return {
    start: () => {
      running ??= work();
    },
    wake: () => alarm.ring(),
    drain: () => drain(take, underWay),
    stop: async () => {
      stopped = true;
      alarm.ring();
      await running;
      await Promise.all(underWay);
    },
  };
}

async function drain(take: () => Promise<number>, underWay: ReadonlySet<Promise<void>>): Promise<number> {
  let total = 0;
  for (let count = await take(); count > 0 || underWay.size > 0; count = await take()) {
    total += count;
    if (count === 0) await Promise.race(underWay);
  }
  return total;
}

function lease({ store, clock, ids }: JobLoopOptions, most: number): Promise<LeasedJob[]> {
  const now = clock.now().getTime();
  return claimJobs(store, { owner: ids.guid(), now, until: now + leaseMs }, most);
}

/** Where neither its end nor its failure could be written, the lease of the job ends, and it is run again then. */
async function runSafely(options: JobLoopOptions, job: LeasedJob): Promise<void> {
  try {
    await runJob(options, job);
  } catch (error) {
    options.log.error({ error, job: job.kind }, 'how a job ended could not be stored');
  }
}
