import { directoryPerson, directoryPersonByKey } from '../reviewed-people.js';
import type { Definition, ReviewerScope } from './definition.js';
import type { Instance, Round } from './instance.js';
import { indexesOf } from './instance.js';
import { scopeOf } from './scope.js';
import { type Holdings, principalAt } from './subjects.js';

export interface Asked {
  readonly reviewers: readonly ReviewerScope[];
  readonly fallbackReviewers: readonly ReviewerScope[];
}

/** Who is asked in a round: the settings of its stage count before those of the definition. */
export function askedIn(definition: Definition, instance: Instance, round: Round): Asked {
  return definition.stageSettings[instance.rounds.indexOf(round)] ?? definition;
}

/** Whether a person decides about a subject of this round, by its position. */
export function reviewerTest(
  holdings: Holdings,
  definition: Definition,
  instance: Instance,
  round: Round,
): (index: number, personId: string) => boolean {
  const { reviewers, fallbackReviewers } = askedIn(definition, instance, round);
  const subject = (index: number): string => principalAt(instance.subjects, index).id;
  if (reviewers.length + fallbackReviewers.length === 0) {
    return (index, personId) => subject(index) === personId;
  }
  const fixed = new Set(reviewers.flatMap((scope) => fixedReviewers(scope, definition, holdings)));
  const fallback = new Set(fallbackReviewers.flatMap((scope) => fixedReviewers(scope, definition, holdings)));
  const byManager = reviewers.some(isManager);
  return (index, personId) => {
    if (fixed.has(personId)) return true;
    const manager = byManager ? managerOf(subject(index)) : undefined;
    return manager === undefined && fixed.size === 0 ? fallback.has(personId) : manager === personId;
  };
}

/** Everybody who is asked in a round: they get Entra's mail when it begins. */
export function contactedIn(
  holdings: Holdings,
  definition: Definition,
  instance: Instance,
  round: Round,
): readonly string[] {
  const { reviewers, fallbackReviewers } = askedIn(definition, instance, round);
  const fixed = reviewers.flatMap((scope) => fixedReviewers(scope, definition, holdings));
  const self = reviewers.length + fallbackReviewers.length === 0;
  const perSubject = self || reviewers.some(isManager);
  const found = new Set(fixed);
  const fallback = fallbackReviewers.flatMap((scope) => fixedReviewers(scope, definition, holdings));
  if (!perSubject && fixed.length === 0) for (const id of fallback) found.add(id);
  for (const index of perSubject ? indexesOf(instance, round) : []) {
    const { id } = principalAt(instance.subjects, index);
    const own = self ? id : managerOf(id);
    for (const reviewer of own === undefined && fixed.length === 0 ? fallback : own ? [own] : []) {
      found.add(reviewer);
    }
  }
  return [...found].filter((id) => directoryPerson(id) !== undefined);
}

function fixedReviewers(
  { query }: ReviewerScope,
  definition: Definition,
  holdings: Holdings,
): readonly string[] {
  const [, kind = '', id = '', part = ''] =
    /^(?:\/(?:v1\.0|beta))?\/(users|groups|servicePrincipals)\/([0-9a-f-]{36})(?:\/(\w+))?/i.exec(query) ??
    [];
  if (kind === 'users') return [id.toLowerCase()];
  if (kind === 'servicePrincipals') return holdings.ownersOfApp(id.toLowerCase());
  if (kind === 'groups') {
    return part === 'owners'
      ? holdings.ownersOf(id.toLowerCase())
      : holdings.transitiveMembers(id.toLowerCase());
  }
  const scope = query === './owners' ? scopeOf(definition) : undefined;
  return scope?.kind === 'group' || scope?.kind === 'pim-group' ? holdings.ownersOf(scope.id) : [];
}

function isManager({ query }: ReviewerScope): boolean {
  return query === './manager';
}

function managerOf(personId: string): string | undefined {
  return directoryPersonByKey(directoryPerson(personId)?.managerKey ?? '')?.id;
}
