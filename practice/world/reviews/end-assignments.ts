import type { EntitlementState } from '../entitlement-records.js';
import type { Definition } from './definition.js';
import type { Instance } from './instance.js';
import { isRemoved } from './outcome.js';
import { scopeOf } from './scope.js';
import { indexOf } from './subjects.js';

/** Ends the assignments of everybody whom the review of a package denied. */
export function endedAssignments(
  definition: Definition,
  instance: Instance,
): (state: EntitlementState) => EntitlementState {
  const scope = scopeOf(definition);
  const { appliedAt = instance.endsAt } = instance;
  return (state) => {
    if (scope?.kind !== 'package') return state;
    const denied = ({ packageId, targetId, state: at }: EntitlementState['assignments'][number]): boolean => {
      const index = packageId === scope.id && at === 'delivered' ? indexOf(instance.subjects, targetId) : -1;
      return index >= 0 && isRemoved(definition, instance, index);
    };
    const assignments = state.assignments.map((each) =>
      denied(each) ? { ...each, state: 'expired' as const, endsAt: appliedAt, expiredAt: appliedAt } : each,
    );
    return { ...state, assignments };
  };
}
