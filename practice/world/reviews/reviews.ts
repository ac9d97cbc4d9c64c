import type { PracticeClock } from '../clock.js';
import { dueTimer } from '../due-timer.js';
import type { Events } from '../events.js';
import type { Snapshot } from '../snapshot.js';
import type { Definition } from './definition.js';
import { earlierInstances } from './history.js';
import type { Instance } from './instance.js';
import { removedAt } from './outcome.js';
import { nextReviewDue, type ProgressPorts, reviewStep } from './progress.js';
import { loadedReviews, savedReviews } from './saved.js';
import { emptyState, type ReviewsState } from './state.js';
import type { Holdings } from './subjects.js';

export interface Reviews {
  /** As of now. */
  state(): ReviewsState;
  readonly ports: ProgressPorts;
  change(f: (state: ReviewsState, now: number) => ReviewsState): void;
  /** Decisions were written into a round. */
  decided(): void;
  now(): number;
  /** When a review took this from this principal last. */
  removedAt(resourceId: string, principalId: string): number | undefined;
  stop(): void;
}

export interface ReviewsPorts {
  readonly clock: PracticeClock;
  readonly events: Events;
  readonly snapshot: Snapshot;
  readonly startedAt: () => Date;
  readonly holdings: Holdings;
  /** Decisions that other parts of the tenant have to carry out. */
  readonly applied: (instance: Instance, definition: Definition) => void;
}

export function createReviews(given: ReviewsPorts): Reviews {
  const { clock, events, snapshot, startedAt, holdings, applied } = given;
  const ports = { holdings, applied };
  let state = emptyState(earlierInstances(startedAt()));
  let settling = false;

  // The state is computed when somebody reads it; the timer is only there so that watchers hear of it too.
  const timer = dueTimer(
    clock,
    () => nextReviewDue(state),
    () => current(),
  );
  const changed = snapshot.part('reviews', {
    save: () => savedReviews(state),
    load: (saved) => {
      state = loadedReviews(saved);
    },
    reset: () => {
      state = emptyState(earlierInstances(startedAt()));
      timer.arm();
    },
  });

  function become(next: ReviewsState): void {
    if (next === state) return;
    state = next;
    told();
    timer.arm();
  }

  function told(): void {
    changed();
    events.publish({ kind: 'entra' });
  }

  // A step may ask who is in a group, which asks here who was removed: that sees the steps before it.
  function current(): ReviewsState {
    if (settling) return state;
    settling = true;
    try {
      const now = clock.now().getTime();
      for (let step = reviewStep(state, now, ports); step; step = reviewStep(state, now, ports)) become(step);
    } finally {
      settling = false;
    }
    return state;
  }

  timer.arm();
  return {
    state: current,
    ports,
    change: (f) => become(f(current(), clock.now().getTime())),
    decided: told,
    now: () => clock.now().getTime(),
    removedAt: (resourceId, principalId) => removedAt(current(), resourceId, principalId),
    stop: timer.stop,
  };
}
