import type { Audits } from './audits.js';
import type { PracticeClock } from './clock.js';
import { dueTimer } from './due-timer.js';
import { entitlementRows } from './entitlement-audit.js';
import type { AssignmentRecord, EntitlementState, RequestRecord } from './entitlement-records.js';
import { entitlementState } from './entitlement-saved.js';
import type { Events } from './events.js';
import { nextDue, nextStep } from './progress.js';
import type { Snapshot } from './snapshot.js';

export interface Entitlement {
  /** Newest first, as of now. */
  requests(): readonly RequestRecord[];
  request(id: string): RequestRecord | undefined;
  assignments(): readonly AssignmentRecord[];
  /** What the remote control said about deliveries, by package. */
  failures(): EntitlementState['failures'];
  /** Applies one change to the state as of now. */
  change(f: (state: EntitlementState, now: number) => EntitlementState): void;
  stop(): void;
}

export interface EntitlementPorts {
  readonly clock: PracticeClock;
  readonly audits: Pick<Audits, 'add'>;
  readonly events: Events;
  readonly snapshot: Snapshot;
}

const empty: EntitlementState = { requests: [], assignments: [], failures: {} };

export function createEntitlement({ clock, audits, events, snapshot }: EntitlementPorts): Entitlement {
  let state = empty;

  // The state is computed when somebody reads it; the timer is only there so that watchers hear of it too.
  const timer = dueTimer(clock, () => nextDue(state), current);
  const changed = snapshot.part('entitlement', {
    save: () => state,
    load: (saved) => {
      state = entitlementState(saved);
      timer.arm();
    },
    reset: () => {
      state = empty;
      timer.arm();
    },
  });

  function become(next: EntitlementState): void {
    // The same object means that nothing happened: no write, no event.
    if (next === state) return;
    state = next;
    changed();
    timer.arm();
    events.publish({ kind: 'entra' });
  }

  function current(): EntitlementState {
    const now = clock.now().getTime();
    let reached = state;
    for (let step = nextStep(reached, now); step; step = nextStep(reached, now)) {
      log(reached, step);
      reached = step;
    }
    become(reached);
    return state;
  }

  function change(f: (state: EntitlementState, now: number) => EntitlementState): void {
    const before = current();
    const after = f(before, clock.now().getTime());
    log(before, after);
    become(after);
  }

  function log(before: EntitlementState, after: EntitlementState): void {
    for (const row of entitlementRows(before, after)) audits.add(row);
  }

  return {
    requests: () => current().requests.toReversed(),
    request: (id) => current().requests.find((request) => request.id === id.toLowerCase()),
    assignments: () => current().assignments.toReversed(),
    failures: () => state.failures,
    change,
    stop: timer.stop,
  };
}
