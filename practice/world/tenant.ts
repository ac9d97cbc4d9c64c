import { type Accounts, createAccounts } from './accounts.js';
import { type Consents, createConsents } from './consents.js';
import { createEntitlement, type Entitlement, type EntitlementPorts } from './entitlement.js';
import { type Group, groupById, groups, listedMembers } from './groups.js';
import { packageById } from './packages.js';

/** Everything the practice tenant's Entra knows beyond what never changes. */
export interface Tenant {
  readonly accounts: Accounts;
  readonly consents: Consents;
  readonly entitlement: Entitlement;
  /** When this world began, by the practice clock. */
  startedAt(): Date;
  /** Object ids of people: those listed and those whom a package put there. */
  directMembers(group: Group): string[];
  transitiveMembers(group: Group): string[];
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
  const directMembers = (group: Group): string[] => {
    const through = entitlement
      .assignments()
      .filter(
        ({ state, packageId }) => state === 'delivered' && packageById(packageId)?.groupId === group.id,
      );
    return [...new Set([...listedMembers(group), ...through.map(({ targetId }) => targetId)])];
  };
  // The groups of this tenant form no circle, so this ends.
  const transitiveMembers = (group: Group): string[] => {
    const nested = group.memberGroupIds.flatMap((id) => groupById(id) ?? []).flatMap(transitiveMembers);
    return [...new Set([...directMembers(group), ...nested])];
  };
  return {
    accounts: createAccounts(snapshot),
    consents: createConsents(snapshot),
    entitlement,
    startedAt: () => new Date(startedAt),
    directMembers,
    transitiveMembers,
    groupsOf: (personId, how) => {
      const members = how === 'direct' ? directMembers : transitiveMembers;
      return groups.filter((group) => members(group).includes(personId));
    },
    stop: entitlement.stop,
  };
}
