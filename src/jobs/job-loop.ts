import { type Clock, second } from '../base/clock.js';
import type { Ids } from '../base/ids.js';
import type { Log } from '../base/log.js';
import type { Store } from '../store/store.js';
import { type Alarm, createAlarm } from './alarm.js';
import { nextDue } from './claim-jobs.js';
import { type Crew, createCrew } from './crew.js';
import type { JobHandler } from './job.js';

/** Work queued by another instance is found by looking; our own wakes the loop at once. */
const pollMs = second / 2;
/** So that one slow job does not hold up the others. */
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
  const { store, clock, ids, log, alarm = createAlarm() } = options;
  const crew = createCrew({ ...options, owner: ids.guid(), most: atOnce, ended: () => alarm.ring() });
  let stopped = false;
  let running: Promise<void> | undefined;

  const pause = async (): Promise<void> => {
    const due = crew.free() === 0 ? undefined : await nextDue(store, crew.busy());
    const wait = (due ?? Number.MAX_SAFE_INTEGER) - clock.now().getTime();
    if (!stopped) await alarm.sleep(Math.min(pollMs, Math.max(10, wait)));
  };

  const work = async (): Promise<void> => {
    while (!stopped) {
      alarm.quiet();
      try {
        await crew.renew();
        if ((await crew.begin()) === 0) await pause();
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
    drain: () => drain(crew),
    stop: async () => {
      stopped = true;
      crew.close();
      alarm.ring();
      await running;
      await crew.allEnded();
    },
  };
}

async function drain(crew: Crew): Promise<number> {
  for (let total = 0; ; ) {
    // Only a look while nothing ran is the last one: what ends during a look may have made more due.
    const idle = crew.busy().length === 0;
    const count = await crew.begin();
    total += count;
    if (idle && count === 0) return total;
    if (count === 0) await crew.oneEnded();
  }
}
