import { type Accounts, createAccounts } from './accounts.js';
import { type Audits, createAudits } from './audits.js';
import { type Azure, createAzure } from './azure.js';
import { type Consents, createConsents } from './consents.js';
import { createEntitlement, type Entitlement, type EntitlementPorts } from './entitlement.js';
import { type Group, groupById, ownerIds } from './groups.js';
import { type Memberships, memberships } from './holdings.js';
import type { Standing } from './pim/held.js';
import { createPim, type Pim } from './pim/pim.js';
import { createRecovery, type Recovery } from './recovery/recovery.js';
import { endedAssignments } from './reviews/end-assignments.js';
import { createReviews, type Reviews } from './reviews/reviews.js';

/** Everything the practice tenant's Entra knows beyond what never changes. */
export interface Tenant {
  readonly accounts: Accounts;
  readonly audits: Audits;
  readonly azure: Azure;
  readonly consents: Consents;
  readonly entitlement: Entitlement;
  readonly pim: Pim;
  readonly recovery: Recovery;
  readonly reviews: Reviews;
  /** Who has what now. */
  readonly holdings: Memberships;
  /** When this world began, by the practice clock. */
  startedAt(): Date;
  /** Object ids of people: those listed and those whom a package put there. */
  directMembers(group: Group): readonly string[];
  transitiveMembers(group: Group): readonly string[];
  /** Groups a person is in directly, or through another group. */
  groupsOf(personId: string, how: 'direct' | 'transitive'): Group[];
  stop(): void;
}

export function createTenant(ports: Omit<EntitlementPorts, 'audits'>): Tenant {
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
  const audits = createAudits(ports);
  const entitlement = createEntitlement({ ...ports, audits });
  // Memberships, reviews and roles look at each other: a review starts from the members, and takes some away; who is in
  // a group may activate what the group is eligible for, and whoever activates a membership is in the group.
  const held = memberships({
    entitlement,
    archiveSize: () => reviews.state().archiveSize,
    removedAt: (resourceId, principalId) =>
      later(reviews.removedAt(resourceId, principalId), recovery.roleTakenAt(resourceId, principalId)),
    activated: (kind) => pim.working(kind),
  });
  const reviews: Reviews = createReviews({
    ...ports,
    startedAt: () => new Date(startedAt),
    holdings: held,
    applied: (instance, definition) => entitlement.change(endedAssignments(definition, instance)),
  });
  const pim: Pim = createPim({
    ...ports,
    startedAt: () => new Date(startedAt),
    audits,
    standing: standingIn(held),
  });
  const recovery = createRecovery({ ...ports, audits, startedAt: () => new Date(startedAt) });
  return {
    accounts: createAccounts(snapshot),
    audits,
    azure: createAzure(snapshot),
    consents: createConsents(snapshot),
    entitlement,
    pim,
    recovery,
    reviews,
    holdings: held,
    startedAt: () => new Date(startedAt),
    directMembers: (group) => held.directMembers(group.id),
    transitiveMembers: (group) => held.transitiveMembers(group.id),
    groupsOf: held.groupsOf,
    stop: () => {
      entitlement.stop();
      reviews.stop();
      pim.stop();
    },
  };
}

function later(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

function standingIn(held: Memberships): Standing {
  return {
    roleHolders: held.roleHolders,
    standingMembers: held.standingMembers,
    ownersByHand: (groupId) => {
      const group = groupById(groupId);
      return group ? ownerIds(group) : [];
    },
    everybodyIn: held.transitiveMembers,
  };
}
