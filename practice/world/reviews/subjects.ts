import { researchArchive } from '../groups.js';
import { archiveIndex, archivePersonId, directoryPerson } from '../reviewed-people.js';
import type { Principal, Subjects } from './instance.js';
import type { Scope } from './scope.js';

/** Who has what, as the tenant knows it now. Ids of people, unless it says principals. */
export interface Holdings {
  directMembers(groupId: string): readonly string[];
  transitiveMembers(groupId: string): readonly string[];
  ownersOf(groupId: string): readonly string[];
  ownersOfApp(appId: string): readonly string[];
  packageHolders(packageId: string): readonly string[];
  roleHolders(roleId: string): readonly { readonly id: string; readonly kind: 'user' | 'service' }[];
  appUsers(appId: string): readonly string[];
}

export function subjectsOf(scope: Scope, holdings: Holdings, archiveSize: number): Subjects {
  if (scope.kind === 'group' && scope.id === researchArchive.id)
    return { kind: 'archive', size: archiveSize };
  return { kind: 'listed', principals: principalsOf(scope, holdings) };
}

export function principalAt(subjects: Subjects, index: number): Principal {
  if (subjects.kind === 'archive') return { id: archivePersonId(index), kind: 'user', nested: false };
  return subjects.principals[index] ?? { id: '', kind: 'user', nested: false };
}

/** Where a principal stands among the subjects; -1 when it does not. */
export function indexOf(subjects: Subjects, principalId: string): number {
  if (subjects.kind === 'listed') return subjects.principals.findIndex(({ id }) => id === principalId);
  const index = archiveIndex(principalId) ?? -1;
  return index < subjects.size ? index : -1;
}

function principalsOf(scope: Scope, holdings: Holdings): readonly Principal[] {
  switch (scope.kind) {
    case 'group': {
      const direct = holdings.directMembers(scope.id);
      const all = scope.transitive ? holdings.transitiveMembers(scope.id) : direct;
      const wanted = scope.guestsOnly ? all.filter(isGuest) : all;
      return wanted.map((id) => ({ id, kind: 'user', nested: !direct.includes(id) }));
    }
    case 'pim-group':
      return people(holdings.directMembers(scope.id));
    case 'application':
      return people(holdings.appUsers(scope.id));
    case 'package':
      return people(holdings.packageHolders(scope.id));
    case 'role':
      return holdings
        .roleHolders(scope.id)
        .filter(({ kind }) => kind === 'user' || !scope.usersOnly)
        .map((holder) => ({ ...holder, nested: false }));
  }
}

function people(ids: readonly string[]): Principal[] {
  return ids.map((id) => ({ id, kind: 'user', nested: false }));
}

function isGuest(id: string): boolean {
  return directoryPerson(id)?.userType === 'Guest';
}
