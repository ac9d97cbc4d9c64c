import { type Accounts, createAccounts } from './accounts.js';
import { type Consents, createConsents } from './consents.js';
import { createEntitlement, type Entitlement, type EntitlementPorts } from './entitlement.js';
import type { Group } from './groups.js';
import { memberships } from './holdings.js';
import { endedAssignments } from './reviews/end-assignments.js';
import { createReviews, type Reviews } from './reviews/reviews.js';
import type { Holdings } from './reviews/subjects.js';

/** Everything the practice tenant's Entra knows beyond what never changes. */
export interface Tenant {
  readonly accounts: Accounts;
  readonly consents: Consents;
  readonly entitlement: Entitlement;
  readonly reviews: Reviews;
  /** Who has what now. */
  readonly holdings: Holdings;
  /** When this world began, by the practice clock. */
  startedAt(): Date;
  /** Object ids of people: those listed and those whom a package put there. */
  directMembers(group: Group): readonly string[];
  transitiveMembers(group: Group): readonly string[];
  /** Groups a person is in directly, or through another group. */
  groupsOf(personId: string, how: 'direct' | 'transitive'): Group[];
  stop(): void;
}

export function createTenant(ports: EntitlementPorts): Tenant {
  const { clock, snapshot } = ports;
  let startedAt = clock.now().toISOString();
  snapshot.part('startedAt', {
    save: () => startedAt,
    load: (saved) => {
      startedAt = String(saved);
    },
    reset: () => {
      startedAt = clock.now().toISOString();
    },
  });
  const entitlement = createEntitlement(ports);
  // Memberships and reviews look at each other: a review starts from the members, and takes some away.
  const held = memberships({
    entitlement,
    archiveSize: () => reviews.state().archiveSize,
    removedAt: (resourceId, principalId) => reviews.removedAt(resourceId, principalId),
  });
  const reviews: Reviews = createReviews({
    ...ports,
    startedAt: () => new Date(startedAt),
    holdings: held,
    applied: (instance, definition) => entitlement.change(endedAssignments(definition, instance)),
  });
  return {
    accounts: createAccounts(snapshot),
    consents: createConsents(snapshot),
    entitlement,
    reviews,
    holdings: held,
    startedAt: () => new Date(startedAt),
    directMembers: (group) => held.directMembers(group.id),
    transitiveMembers: (group) => held.transitiveMembers(group.id),
    groupsOf: held.groupsOf,
    stop: () => {
      entitlement.stop();
      reviews.stop();
    },
  };
}
