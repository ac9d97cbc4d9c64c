import type { PracticeContext } from '../context.js';
import { directoryPerson } from '../world/reviewed-people.js';
import type { Definition } from '../world/reviews/definition.js';
import { currentRound, type Decided, type Instance, indexesOf } from '../world/reviews/instance.js';
import { contactedIn } from '../world/reviews/reviewers.js';
import { definitionsOf, instancesOf, type ReviewsState } from '../world/reviews/state.js';
import { principalAt } from '../world/reviews/subjects.js';

const newestShown = 3;

/** The reviews of this world that were begun, with how far they are and what was decided last. */
export function readableReviews({ tenant: { reviews, holdings, startedAt } }: PracticeContext): unknown[] {
  const state = reviews.state();
  const begun = definitionsOf(state).flatMap((definition) => {
    const instance = newestSince(state, definition, startedAt());
    return instance ? [{ definition, instance }] : [];
  });
  return begun.map(({ definition, instance }) => {
    const round = currentRound(instance);
    const decided = [...(round?.decided ?? [])];
    return {
      id: instance.id,
      name: definition.displayName,
      status: instance.status,
      stage: definition.stageSettings.length > 0 ? instance.rounds.length : null,
      reviewers: round ? contactedIn(holdings, definition, instance, round).map(name) : [],
      decided: decided.length,
      of: round ? indexesOf(instance, round).length : 0,
      until: round?.endsAt ?? instance.endsAt,
      latest: decided
        .slice(-newestShown)
        .toReversed()
        .map(([index, decision]) => readable(instance, index, decision)),
    };
  });
}

function newestSince(state: ReviewsState, definition: Definition, startedAt: Date): Instance | undefined {
  return instancesOf(state, definition.id)
    .filter(({ startsAt }) => Date.parse(startsAt) >= startedAt.getTime())
    .at(-1);
}

function readable(
  { subjects }: Instance,
  index: number,
  { decision, byId, at, justification }: Decided,
): unknown {
  const { id } = principalAt(subjects, index);
  return { person: name(id), decision, by: name(byId), at, justification };
}

function name(id: string): string {
  return directoryPerson(id)?.displayName ?? id;
}
