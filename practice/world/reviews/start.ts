import type { Entitlement } from '../entitlement.js';
import type { AssignmentRecord } from '../entitlement-records.js';
import { stableId } from '../ids.js';
import { standardPackage } from '../packages.js';
import { directoryPersonByKey } from '../reviewed-people.js';
import type { Definition } from './definition.js';
import { closeInstance, newInstance } from './progress.js';
import { nextOccurrence } from './recurrence.js';
import type { Reviews } from './reviews.js';
import type { Seed } from './seeds.js';
import { instancesOf, withInstance, withSeries } from './state.js';

const dayMs = 86_400_000;
const packageHolders = ['newcomer', 'operator', 'dormant'];

/** Begins these reviews now; one that runs already is left alone. */
export function startReviews(reviews: Reviews, entitlement: Entitlement, wanted: readonly Seed[]): void {
  if (wanted.some(({ key }) => key === 'chat-users' || key === 'standard-package')) assignBefore(entitlement);
  for (const { definition } of wanted) {
    reviews.change((state, now) => {
      if (instancesOf(state, definition.id).some(({ status }) => status === 'InProgress')) return state;
      const started = newInstance(state, definition, now, reviews.ports);
      const nextAt = nextOccurrence(definition, now);
      return withSeries(started, { definitionId: definition.id, started: true, nextAt });
    });
  }
}

/** Ends what runs of this definition; what comes later in the series is not touched. */
export function stopReview(reviews: Reviews, definition: Definition): void {
  reviews.change((state, now) =>
    instancesOf(state, definition.id)
      .filter(({ status }) => status === 'InProgress')
      .reduce((next, instance) => withInstance(next, closeInstance(definition, instance, now)), state),
  );
}

// People who had the package before this world began. They come with the reviews, so that a world without
// reviews has no assignments but those that somebody asked for in it.
function assignBefore(entitlement: Entitlement): void {
  entitlement.change((state, now) => {
    const known = new Set(state.assignments.map(({ id }) => id));
    const added = packageHolders.map((key) => assignment(key, now)).filter(({ id }) => !known.has(id));
    return added.length === 0 ? state : { ...state, assignments: [...added, ...state.assignments] };
  });
}

function assignment(key: string, now: number): AssignmentRecord {
  return {
    id: stableId(`earlier assignment of ${key}`),
    packageId: standardPackage.id,
    policyId: standardPackage.policy.id,
    targetId: directoryPersonByKey(key)?.id ?? '',
    state: 'delivered',
    startsAt: new Date(now - 60 * dayMs).toISOString(),
    endsAt: new Date(now + 120 * dayMs).toISOString(),
  };
}
