import type { Policy, Tier } from './policy.js';

/** What is asked for or reviewed: its id says how dangerous it is. */
export type Subject =
  | { readonly kind: 'package'; readonly id: string; readonly catalogId?: string }
  | { readonly kind: 'group'; readonly id: string }
  | { readonly kind: 'role'; readonly id: string }
  | { readonly kind: 'application'; readonly id: string }
  /** `id` is the GUID that the id of the role definition ends with. */
  | { readonly kind: 'azure-role'; readonly id: string };

export interface TierFound {
  readonly tier: Tier;
  /** Paths in the policy file that led here. */
  readonly basis: readonly string[];
}

/** The most particular line counts: the thing itself, then its catalog, then the default. */
export function tierOf({ tiers, assigned, defaultTier }: Policy, subject: Subject): TierFound {
  for (const [table, id] of places(subject)) {
    const key = id.toLowerCase();
    // An id from outside must not find what every object inherits.
    const name = Object.hasOwn(assigned[table], key) ? assigned[table][key] : undefined;
    if (name !== undefined)
      return { tier: tiers[name], basis: [`assigned.${table}.${key}`, `tiers.${name}`] };
  }
  return { tier: tiers[defaultTier], basis: ['defaultTier', `tiers.${defaultTier}`] };
}

type Table = keyof Policy['assigned'];

function places(subject: Subject): readonly (readonly [Table, string])[] {
  switch (subject.kind) {
    case 'package':
      return subject.catalogId === undefined
        ? [['packages', subject.id]]
        : [
            ['packages', subject.id],
            ['catalogs', subject.catalogId],
          ];
    case 'group':
      return [['groups', subject.id]];
    case 'role':
      return [['roles', subject.id]];
    case 'application':
      return [['applications', subject.id]];
    case 'azure-role':
      return [['azureRoles', subject.id]];
  }
}
