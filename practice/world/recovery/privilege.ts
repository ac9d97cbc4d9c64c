import { groups } from '../groups.js';
import { roles } from '../roles.js';
import type { Tenant } from '../tenant.js';

export interface Privilege {
  /** What they have it through: a role, or a group that can be given roles. */
  readonly name: string;
  readonly how: 'active' | 'eligible' | 'group';
}

/**
 * Why somebody's methods are for a Privileged Authentication Administrator only: a role they hold or can activate,
 * for the whole directory or a part of it, and any group that can be given roles, as member, owner or somebody who can
 * become one.
 */
export function privilegesOf(tenant: Tenant, personId: string): readonly Privilege[] {
  const { holdings, pim } = tenant;
  const eligible = pim.eligible('role', personId).map(({ target }) => target.id);
  const partly = pim.working('role').filter(({ principalId }) => principalId === personId);
  const active = roles.filter(
    ({ id }) => holdings.hasRole(id, personId) || partly.some(({ target }) => target.id === id),
  );
  const waiting = roles.filter(({ id }) => eligible.includes(id) && !active.some((role) => role.id === id));
  return [
    ...active.map(({ displayName: name }) => ({ name, how: 'active' as const })),
    ...waiting.map(({ displayName: name }) => ({ name, how: 'eligible' as const })),
    ...groupsWithRoles(tenant, personId).map((name) => ({ name, how: 'group' as const })),
  ];
}

function groupsWithRoles({ holdings, pim }: Tenant, personId: string): readonly string[] {
  const reachable = new Set(pim.eligible('group', personId).map(({ target }) => target.id));
  const memberOf = new Set(holdings.groupsOf(personId, 'transitive').map(({ id }) => id));
  return groups
    .filter(({ isAssignableToRole }) => isAssignableToRole)
    .filter(({ id }) => memberOf.has(id) || reachable.has(id) || holdings.ownersOf(id).includes(personId))
    .map(({ displayName }) => displayName);
}
