import { type Clock, minute, second } from '../base/clock.js';
import type { Ids } from '../base/ids.js';
import type { Log } from '../base/log.js';
import type { Store } from '../store/store.js';
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
  const { store, clock, ids, log } = options;
  let stopped = false;
  let running: Promise<void> | undefined;
  let wakeUp: () => void = () => undefined;
  let woken = false;

  const round = async (): Promise<number> => {
    const now = clock.now().getTime();
    const lease = { owner: ids.guid(), now, until: now + leaseMs };
    const jobs = await claimJobs(store, lease, atOnce);
    await Promise.all(jobs.map((job: LeasedJob) => runJob(options, job)));
    return jobs.length;
  };

  const pause = async (): Promise<void> => {
    if (woken || stopped) return;
    const due = await nextDue(store);
    const wait = Math.min(pollMs, Math.max(10, (due ?? Number.MAX_SAFE_INTEGER) - clock.now().getTime()));
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  };

  const work = async (): Promise<void> => {
    while (!stopped) {
      woken = false;
      try {
        if ((await round()) === 0) await pause();
      } catch (error) {
        // The database may be away for a while; the loop outlives that.
        log.error({ error }, 'the job loop could not work and tries again');
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
    }
  };

  return {
    start: () => {
      running ??= work();
    },
    wake: () => {
      woken = true;
      wakeUp();
    },
    drain: async () => {
      let total = 0;
      for (let count = await round(); count > 0 && !stopped; count = await round()) total += count;
      return total;
    },
    stop: async () => {
      stopped = true;
      wakeUp();
      await running;
    },
  };
}
