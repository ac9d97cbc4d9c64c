import type { PracticeClock } from './clock.js';
import type { AssignmentRecord, EntitlementState, RequestRecord } from './entitlement-records.js';
import { entitlementState } from './entitlement-saved.js';
import type { Events } from './events.js';
import { nextDue, settled } from './progress.js';
import type { Snapshot } from './snapshot.js';

export interface Entitlement {
  /** Newest first, as of now. */
  requests(): readonly RequestRecord[];
  request(id: string): RequestRecord | undefined;
  assignments(): readonly AssignmentRecord[];
  /** Applies one change to the state as of now. */
  change(f: (state: EntitlementState, now: number) => EntitlementState): void;
  stop(): void;
}

export interface EntitlementPorts {
  readonly clock: PracticeClock;
  readonly events: Events;
  readonly snapshot: Snapshot;
}

const empty: EntitlementState = { requests: [], assignments: [] };
// A timer of more than 24 days would fire at once; a far date is simply looked at again every hour.
const longestTimerMs = 3_600_000;

export function createEntitlement({ clock, events, snapshot }: EntitlementPorts): Entitlement {
  let state = empty;
  let timer: NodeJS.Timeout | undefined;

  const changed = snapshot.part('entitlement', {
    save: () => state,
    load: (saved) => {
      state = entitlementState(saved);
      arm();
    },
    reset: () => {
      state = empty;
      arm();
    },
  });

  function become(next: EntitlementState): void {
    // The same object means that nothing happened: no write, no event.
    if (next === state) return;
    state = next;
    changed();
    arm();
    events.publish({ kind: 'entra' });
  }

  // The state is computed when somebody reads it; the timer is only there so that watchers hear of it too.
  function arm(): void {
    clearTimeout(timer);
    const due = nextDue(state);
    if (due === undefined) return;
    const inMs = Math.min(Math.max(due - clock.now().getTime(), 0) + 1, longestTimerMs);
    timer = setTimeout(() => {
      current();
      arm();
    }, inMs).unref();
  }

  function current(): EntitlementState {
    become(settled(state, clock.now().getTime()));
    return state;
  }

  clock.onChange(() => {
    current();
    arm();
  });
  return {
    requests: () => current().requests.toReversed(),
    request: (id) => current().requests.find((request) => request.id === id.toLowerCase()),
    assignments: () => current().assignments.toReversed(),
    change: (f) => become(f(current(), clock.now().getTime())),
    stop: () => clearTimeout(timer),
  };
}
