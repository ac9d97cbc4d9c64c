import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { researchArchive } from '../practice/world/groups.js';
import { stableId } from '../practice/world/ids.js';
import { archiveSizes, reviewedPeople } from '../practice/world/reviewed-people.js';
import type { Definition } from '../practice/world/reviews/definition.js';
import type { Instance, Subjects } from '../practice/world/reviews/instance.js';
import { savedReviews } from '../practice/world/reviews/saved.js';
import { groupScope } from '../practice/world/reviews/seed-parts.js';
import { seedByKey } from '../practice/world/reviews/seeds.js';
import type { ReviewsState } from '../practice/world/reviews/state.js';

const dayMs = 86_400_000;

/** Who reviews what is made here: the owner of the archive, alone. */
export const reviewer = 'appowner';

export interface Made {
  readonly name: string;
  readonly people: number;
}

/** Where a made review stands in Graph. */
export function placeOf({ name }: Made): string {
  return `/identityGovernance/accessReviews/definitions/${stableId(name)}/instances/${stableId(`${name}, now`)}`;
}

/** The world file of a practice tenant in which these reviews run from the first moment on. */
export function writeWorld(folder: string, reviews: readonly Made[]): void {
  const state: ReviewsState = {
    archiveSize: archiveSizes.most,
    reviewersMayReset: true,
    made: reviews.map(definitionOf),
    series: reviews.map(({ name }) => ({ definitionId: stableId(name), started: true })),
    instances: reviews.map(instanceOf),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'practice.json'), JSON.stringify({ reviews: savedReviews(state) }));
}

function definitionOf({ name }: Made): Definition {
  const seed = seedByKey('archive')?.definition;
  if (seed === undefined) throw new Error('The practice tenant has no archive');
  const scope = groupScope(researchArchive.id, 'members');
  return { ...seed, id: stableId(name), displayName: name, scope };
}

function instanceOf({ name, people }: Made): Instance {
  const now = Date.now();
  const [startsAt, endsAt] = [now - dayMs, now + 29 * dayMs].map((at) => new Date(at).toISOString());
  const times = { startsAt: startsAt ?? '', endsAt: endsAt ?? '' };
  const round = {
    id: stableId(`${name}, round`),
    status: 'InProgress',
    ...times,
    decided: new Map(),
  } as const;
  return {
    id: stableId(`${name}, now`),
    definitionId: stableId(name),
    status: 'InProgress',
    ...times,
    dueAt: now + 29 * dayMs,
    subjects: subjectsOf(people),
    rounds: [round],
  };
}

/** A few are listed; the people of the archive are counted and made when somebody looks at them. */
function subjectsOf(people: number): Subjects {
  const few = reviewedPeople.slice(0, people).map(({ id }) => ({ id, kind: 'user', nested: false }) as const);
  return few.length === people ? { kind: 'listed', principals: few } : { kind: 'archive', size: people };
}
