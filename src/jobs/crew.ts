import { minute } from '../base/clock.js';
import { claimJobs, type LeasedJob, renewLeases } from './claim-jobs.js';
import { type RunServices, runJob } from './run-job.js';

/** Longer than the slowest send with all its waiting; a worker that died is replaced after it. */
const leaseMs = 2 * minute;
/** What runs longer than this hangs, and another instance may try it. */
const longestRunMs = 15 * minute;

/** The jobs this process is running, never more than so many. */
export interface Crew {
  free(): number;
  /** Ids of the jobs that run. */
  busy(): readonly number[];
  /** Takes as many due jobs as there are free hands; says how many. */
  begin(): Promise<number>;
  /** Keeps what takes long. */
  renew(): Promise<void>;
  /** Begins nothing any more. */
  close(): void;
  oneEnded(): Promise<void>;
  allEnded(): Promise<void>;
}

export interface CrewOptions extends RunServices {
  /** Names this process in leases. */
  readonly owner: string;
  readonly most: number;
  /** A hand is free again. */
  readonly ended: () => void;
}

interface Running {
  readonly done: Promise<void>;
  readonly since: number;
}

export function createCrew(options: CrewOptions): Crew {
  const { store, clock, log, owner, most, ended } = options;
  const running = new Map<number, Running>();
  let renewedAt = 0;
  let closed = false;

  const busy = (): number[] => [...running.keys()];
  const lease = () => {
    const now = clock.now().getTime();
    return { owner, now, until: now + leaseMs };
  };
  const run = async (job: LeasedJob): Promise<void> => {
    try {
      await runJob(options, job);
    } catch (error) {
      // Its outcome could not be written: it comes back when its lease ends.
      log.error({ error, job: job.kind }, 'how a job ended could not be stored');
    } finally {
      running.delete(job.id);
      ended();
    }
  };
  const all = (): Promise<void>[] => [...running.values()].map(({ done }) => done);

  return {
    free: () => most - running.size,
    busy,
    begin: async () => {
      const free = most - running.size;
      if (free <= 0 || closed) return 0;
      const terms = lease();
      const jobs = await claimJobs(store, terms, free, busy());
      for (const job of jobs) running.set(job.id, { done: run(job), since: terms.now });
      return jobs.length;
    },
    renew: async () => {
      const terms = lease();
      if (running.size === 0 || terms.now - renewedAt < leaseMs / 4) return;
      renewedAt = terms.now;
      const kept = [...running].filter(([, { since }]) => terms.now - since < longestRunMs);
      if (kept.length > 0)
        await renewLeases(
          store,
          terms,
          kept.map(([id]) => id),
        );
    },
    close: () => {
      closed = true;
    },
    oneEnded: async () => {
      if (running.size > 0) await Promise.race(all());
    },
    allEnded: async () => {
      await Promise.all(all());
    },
  };
}
