import type { Definition } from './definition.js';
import { type Decided, type Instance, lastRound, type Place } from './instance.js';
import { defaultDecision } from './recommendation.js';
import { scopeOf } from './scope.js';
import { definitionById, type ReviewsState } from './state.js';
import { indexOf, principalAt } from './subjects.js';

export interface Outcome {
  readonly decision: Decided['decision'] | 'NotReviewed';
  readonly justification: string;
  /** Absent while nobody decided; 'service' where the default of the definition took effect. */
  readonly by?: { readonly id: string; readonly at: string } | 'service' | undefined;
  readonly applyResult: 'New' | 'AppliedSuccessfully' | 'ApplyNotSupported';
  readonly appliedAt?: string | undefined;
}

/** What stands behind a decision item now. */
export function outcomeOf(definition: Definition, place: Place): Outcome {
  const { instance, round, index } = place;
  const final = instance.appliedAt !== undefined && lastRound(instance, index) === round;
  const decided = round.decided.get(index);
  const fallback = final && !decided ? defaultDecision(definition, place) : undefined;
  const decision = decided?.decision ?? fallback ?? 'NotReviewed';
  const acted = final && (decision === 'Approve' || decision === 'Deny');
  const nested = principalAt(instance.subjects, index).nested;
  return {
    decision,
    justification: decided?.justification ?? '',
    by: decided ? { id: decided.byId, at: decided.at } : fallback && 'service',
    applyResult: applyResult(acted, decision === 'Deny' && nested),
    ...(acted ? { appliedAt: instance.appliedAt } : {}),
  };
}

/** When a review took this from this principal last; undefined when none ever did. */
export function removedAt(state: ReviewsState, resourceId: string, principalId: string): number | undefined {
  const removals = state.instances.flatMap((instance) => {
    const definition = instance.appliedAt ? definitionById(state, instance.definitionId) : undefined;
    if (!definition || scopeOf(definition)?.id !== resourceId) return [];
    const index = indexOf(instance.subjects, principalId);
    return index >= 0 && isRemoved(definition, instance, index) ? Date.parse(instance.appliedAt ?? '') : [];
  });
  return removals.length > 0 ? Math.max(...removals) : undefined;
}

export function isRemoved(definition: Definition, instance: Instance, index: number): boolean {
  const round = lastRound(instance, index);
  const outcome = round && outcomeOf(definition, { instance, round, index });
  return outcome?.decision === 'Deny' && outcome.applyResult === 'AppliedSuccessfully';
}

function applyResult(acted: boolean, outOfReach: boolean): Outcome['applyResult'] {
  if (!acted) return 'New';
  return outOfReach ? 'ApplyNotSupported' : 'AppliedSuccessfully';
}
