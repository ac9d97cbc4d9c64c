import type { DecisionInfo } from '../../graph/access-review.js';
import type { Policy } from '../../policy/policy.js';
import { type Subject, type TierFound, tierOf } from '../../policy/tier-of.js';
import type { ScopeKind } from './cards/views.js';

/** What is under review, or the part of it that one item is about. */
export interface Reviewed {
  readonly kind: ScopeKind;
  readonly id: string;
  readonly name: string;
  /** Of a package. */
  readonly catalogId?: string | undefined;
}

/** How much care it needs. What we cannot name gets the tier of everything that is not named. */
export function reviewTier(policy: Policy, reviewed: Reviewed): TierFound {
  return tierOf(policy, subjectOf(reviewed));
}

function subjectOf({ kind, id, catalogId }: Reviewed): Subject {
  switch (kind) {
    case 'package':
      return catalogId === undefined ? { kind, id } : { kind, id, catalogId };
    case 'role':
    case 'application':
      return { kind, id };
    default:
      return { kind: 'group', id };
  }
}

/** A review of several things at once says with each item which of them it is about. */
export function subjectOfItem(about: Reviewed, { resource }: Pick<DecisionInfo, 'resource'>): Reviewed {
  if (about.kind !== 'other' || resource === undefined) return about;
  return { kind: kinds[resource.type.toLowerCase()] ?? 'other', id: resource.id, name: resource.name };
}

const kinds: Readonly<Record<string, ScopeKind>> = {
  group: 'group',
  directoryrole: 'role',
  serviceprincipal: 'application',
  application: 'application',
};
