import type { Entitlement } from './entitlement.js';
import { isHeld } from './entitlement-records.js';
import { type Group, groupById, groups, listedMembers, ownerIds, researchArchive } from './groups.js';
import { packageById } from './packages.js';
import type { ActivationRecord, PimKind } from './pim/records.js';
import { archiveIndex, archivePersonId, directoryPersonByKey } from './reviewed-people.js';
import type { Holdings } from './reviews/subjects.js';
import { retrievalApp, roles } from './roles.js';

export interface Memberships extends Holdings {
  /** Groups a person is in directly, or through another group. */
  groupsOf(personId: string, how: 'direct' | 'transitive'): Group[];
  /** Members other than those who activated their membership for a time. */
  standingMembers(groupId: string): readonly string[];
  /** Whether this role of the whole directory gives them its rights now, activated or standing. */
  hasRole(roleId: string, personId: string): boolean;
}

export interface MembershipPorts {
  readonly entitlement: Entitlement;
  readonly archiveSize: () => number;
  /** When an access review took this from this principal last. */
  readonly removedAt: (resourceId: string, principalId: string) => number | undefined;
  /** What people activated, once it works. */
  readonly activated: (kind: PimKind) => readonly Pick<ActivationRecord, 'target' | 'principalId'>[];
}

/** Whether a review has left this to somebody, who may have got it again since. */
type Keeps = (resourceId: string, principalId: string, since?: number) => boolean;

/** Who is in what: as listed, through packages and for a time, and less what reviews took away. */
export function memberships(ports: MembershipPorts): Memberships {
  const { entitlement, archiveSize, removedAt } = ports;
  const keeps: Keeps = (resourceId, principalId, since = Number.NEGATIVE_INFINITY) =>
    (removedAt(resourceId, principalId) ?? Number.NEGATIVE_INFINITY) <= since;
  const { standing, forATime } = listsOf(ports, keeps);
  const direct = (group: Group): string[] => [...new Set([...standing(group), ...forATime(group, 'member')])];
  // The groups of this tenant form no circle, so this ends.
  const transitive = (group: Group): string[] => [
    ...new Set([...direct(group), ...nested(group).flatMap(transitive)]),
  ];
  const isDirect = (group: Group, personId: string): boolean => {
    if (group !== researchArchive) return direct(group).includes(personId);
    return (archiveIndex(personId) ?? archiveSize()) < archiveSize() && keeps(group.id, personId);
  };
  const isIn = (group: Group, personId: string): boolean =>
    isDirect(group, personId) || nested(group).some((inner) => isIn(inner, personId));

  const ofGroup = (read: (group: Group) => readonly string[]) => (id: string) => {
    const group = groupById(id);
    return group ? read(group) : [];
  };
  return {
    ...rolesHeld(ports, keeps),
    directMembers: ofGroup(direct),
    transitiveMembers: ofGroup(transitive),
    standingMembers: ofGroup(standing),
    ownersOf: ofGroup((group) => [...new Set([...ownerIds(group), ...forATime(group, 'owner')])]),
    ownersOfApp: (id) => (id === retrievalApp.id ? ids(retrievalApp.ownerKeys) : []),
    packageHolders: (wanted) =>
      entitlement
        .assignments()
        .filter(({ state, packageId }) => state === 'delivered' && packageId === wanted)
        .map(({ targetId }) => targetId),
    appUsers: (id) =>
      id === retrievalApp.id ? ids(retrievalApp.assignedKeys).filter((person) => keeps(id, person)) : [],
    groupsOf: (personId, how) =>
      groups.filter((group) => (how === 'direct' ? isDirect : isIn)(group, personId)),
  };
}

function listsOf({ entitlement, archiveSize, activated }: MembershipPorts, keeps: Keeps) {
  const throughPackages = (group: Group): string[] =>
    entitlement
      .assignments()
      .filter((each) => isHeld(each) && packageById(each.packageId)?.groupId === group.id)
      // Whoever got the package after a review took the group away is in it again.
      .filter(({ targetId, startsAt }) => keeps(group.id, targetId, Date.parse(startsAt)))
      .map(({ targetId }) => targetId);
  return {
    standing: (group: Group): string[] => [
      ...new Set([
        ...listed(group, archiveSize()).filter((id) => keeps(group.id, id)),
        ...throughPackages(group),
      ]),
    ],
    forATime: (group: Group, access: 'member' | 'owner'): string[] =>
      activated('group')
        .filter(({ target }) => target.id === group.id && target.scope === access)
        .map(({ principalId }) => principalId),
  };
}

function rolesHeld(
  { activated }: MembershipPorts,
  keeps: Keeps,
): Pick<Memberships, 'roleHolders' | 'hasRole'> {
  const roleHolders: Holdings['roleHolders'] = (wanted) => {
    const role = roles.find(({ id }) => id === wanted);
    const people = ids(role?.holderKeys ?? []).map((id) => ({ id, kind: 'user' as const }));
    const apps = (role?.holderAppIds ?? []).map((id) => ({ id, kind: 'service' as const }));
    return [...people, ...apps].filter(({ id }) => keeps(wanted, id));
  };
  return {
    roleHolders,
    hasRole: (roleId, personId) =>
      roleHolders(roleId).some(({ id }) => id === personId) ||
      activated('role').some(
        ({ target, principalId }) => target.id === roleId && target.scope === '/' && principalId === personId,
      ),
  };
}

function nested(group: Group): Group[] {
  return group.memberGroupIds.flatMap((id) => groupById(id) ?? []);
}

function listed(group: Group, archiveSize: number): readonly string[] {
  if (group !== researchArchive) return listedMembers(group);
  return Array.from({ length: archiveSize }, (_, index) => archivePersonId(index));
}

function ids(keys: readonly string[]): string[] {
  return keys.flatMap((key) => directoryPersonByKey(key)?.id ?? []);
}
