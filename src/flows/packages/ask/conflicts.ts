import { conflictsOf, type Held } from '../../../graph/entitlement.js';
import { belongings } from '../../../graph/membership.js';
import type { Turn } from '../../turn.js';
import { isHeld } from '../offers.js';

export interface ConflictsFound {
  /** Names of what the person has and has to give back first. */
  readonly had: readonly string[];
  /** Names of everything that it cannot be had together with. */
  readonly all: readonly string[];
}

/** Entra refuses what its owner wants nobody to have together; better that people know before they ask. */
export async function conflictsFor(
  turn: Turn,
  packageId: string,
  held: readonly Held[],
): Promise<ConflictsFound> {
  const reader = turn.services.graph.reader(turn.reference);
  const { packages, groups } = await conflictsOf(reader, packageId);
  const has = new Set(held.filter(isHeld).map((each) => each.packageId));
  const member = groups.length === 0 ? new Set<string>() : await groupsOf(turn);
  return {
    had: [
      ...packages.filter(({ id }) => has.has(id)).map(({ name }) => name),
      ...groups.filter(({ id }) => member.has(id)).map(({ name }) => `the group ${name}`),
    ],
    all: [...packages.map(({ name }) => name), ...groups.map(({ name }) => `the group ${name}`)],
  };
}

async function groupsOf({ services, reference, actor }: Turn): Promise<ReadonlySet<string>> {
  const found = await belongings(services.graph.reader(reference), [actor.objectId]);
  return new Set(found.get(actor.objectId)?.groups?.map(({ id }) => id));
}
