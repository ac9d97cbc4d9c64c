import { packageById } from '../packages.js';
import type { Definition, ReviewScope } from './definition.js';

/** What a review is about, read from the query strings of its definition. */
export type Scope =
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly transitive: boolean;
      readonly guestsOnly: boolean;
    }
  | { readonly kind: 'pim-group'; readonly id: string }
  | { readonly kind: 'application'; readonly id: string }
  | { readonly kind: 'package'; readonly id: string }
  | { readonly kind: 'role'; readonly id: string; readonly usersOnly: boolean };

type Reader = (query: string) => Scope | undefined;

const id = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})';
const readers: readonly Reader[] = [
  reader(`/groups/${id}/(transitiveMembers|members)`, (group, query) => ({
    kind: 'group',
    id: group,
    transitive: /transitiveMembers/i.test(query),
    guestsOnly: /userType eq 'Guest'/i.test(query),
  })),
  reader(`/privilegedAccess/group/\\w+.*groupId eq '${id}'`, (group) => ({ kind: 'pim-group', id: group })),
  reader(`/servicePrincipals/${id}`, (app) => ({ kind: 'application', id: app })),
  reader(`/accessPackageAssignments\\?.*accessPackageId eq '${id}'`, (wanted) => ({
    kind: 'package',
    id: wanted,
  })),
  reader(`/directory/roleDefinitions/${id}`, (role) => ({ kind: 'role', id: role, usersOnly: false })),
  reader(`/directory/role\\w+ScheduleInstances\\?.*roleDefinitionId eq '${id}'`, (role, query) => ({
    kind: 'role',
    id: role,
    usersOnly: /isof\(principal,'microsoft\.graph\.user'\)/i.test(query),
  })),
];

export function scopeOf({ scope }: Pick<Definition, 'scope'>): Scope | undefined {
  const query = resourceQuery(scope);
  for (const read of readers) {
    const found = read(query);
    if (found) return found;
  }
  return undefined;
}

/** The id that decision items name: of a package, that is its policy. */
export function resourceIdOf(scope: Scope): string {
  return scope.kind === 'package' ? (packageById(scope.id)?.policy.id ?? scope.id) : scope.id;
}

function resourceQuery(scope: ReviewScope): string {
  if ('query' in scope && typeof scope.query === 'string') return scope.query;
  const { resourceScopes } = scope;
  return Array.isArray(resourceScopes) ? String(resourceScopes[0]?.query ?? '') : '';
}

function reader(pattern: string, make: (id: string, query: string) => Scope): Reader {
  const regex = new RegExp(pattern, 'i');
  return (query) => {
    const found = regex.exec(query)?.[1];
    return found === undefined ? undefined : make(found.toLowerCase(), query);
  };
}
