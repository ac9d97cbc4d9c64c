import { z } from 'zod/v4';
import { id, list, text } from './fields.js';

/** What a review is about. `id` is empty when it is something else, and the access package's for `package`. */
export interface ReviewScope {
  readonly kind: 'group' | 'pim-group' | 'application' | 'package' | 'role' | 'other';
  readonly id: string;
}

const other: ReviewScope = { kind: 'other', id: '' };

const oneShape = z
  .object({ query: text, queryType: text, scopeType: text, resourceId: id, accessPackageId: id })
  .catch({ query: '', queryType: '', scopeType: '', resourceId: undefined, accessPackageId: undefined });

/** Principals are left aside: who is reviewed does not say what they have access to. */
const scopeShape = z
  .object({ resourceScopes: list(oneShape) })
  .catch({ resourceScopes: [] })
  .transform(({ resourceScopes }) => resourceScopes);

/** A scope is a query in words of Graph, or a list of them; one that is about several things is `other`. */
export function reviewScope(scope: unknown): ReviewScope {
  const resources = scopeShape.parse(scope);
  const [first = other, ...more] = (resources.length > 0 ? resources : [oneShape.parse(scope)]).map(scopeOf);
  return more.every(({ kind, id }) => kind === first.kind && id === first.id) ? first : other;
}

type OneScope = z.infer<typeof oneShape>;

function scopeOf(one: OneScope): ReviewScope {
  const named = namedScope(one);
  if (named !== undefined) return named;
  if (one.queryType !== '' && one.queryType.toLowerCase() !== 'microsoftgraph') return other;
  const query = plain(one.query);
  for (const [kind, pattern] of patterns) {
    const found = id.parse(pattern.exec(query)?.[1]);
    if (found !== undefined) return { kind, id: found };
  }
  return other;
}

const namedKinds: Readonly<Record<string, ReviewScope['kind']>> = {
  group: 'group',
  serviceprincipal: 'application',
  directoryrole: 'role',
};

/** The newer form, which names its resource. For a package that resource is the assignment policy. */
function namedScope({ scopeType, resourceId, accessPackageId }: OneScope): ReviewScope | undefined {
  if (accessPackageId !== undefined) return { kind: 'package', id: accessPackageId };
  const kind = namedKinds[scopeType.toLowerCase()];
  return kind === undefined || resourceId === undefined ? undefined : { kind, id: resourceId };
}

/** `/groups/x`, `/groups('x')`; a cast such as `/groups/microsoft.graph.group` is no id. */
const key = String.raw`(?:\/|\(')([\w-]+)(?=$|[/?')])`;
/** `groupId eq 'x'`, `group/id eq 'x'`, and with no quotes as well. */
const equals = String.raw`(?:\/?id)\s+eq\s+'?([\w-]+)`;

// In this order: a PIM query can begin with the same words as one about members.
const patterns: readonly (readonly [ReviewScope['kind'], RegExp])[] = [
  ['package', pattern(`^/identityGovernance/entitlementManagement/.*accessPackage${equals}`)],
  ['package', pattern(`^/identityGovernance/entitlementManagement/accessPackages${key}`)],
  ['pim-group', pattern(`^/identityGovernance/privilegedAccess/group/.*group${equals}`)],
  ['pim-group', pattern(`^/privilegedAccess/aadGroups/resources${key}`)],
  ['pim-group', pattern(`^/groups${key}.*(?:eligib|privilegedAccess)`)],
  ['role', pattern(`^/roleManagement/directory/roleDefinitions${key}`)],
  ['role', pattern(`^/roleManagement/directory/.*roleDefinition${equals}`)],
  ['application', pattern(`^/servicePrincipals${key}`)],
  ['group', pattern(`^/groups${key}`)],
  // The shared channels of a team are listed beside its members; the team has the id of its group.
  ['group', pattern(`^/teams${key}`)],
];

function pattern(source: string): RegExp {
  return new RegExp(source, 'i');
}

/** Queries come with or without host, version and escapes. */
function plain(query: string): string {
  return decoded(query.trim())
    .replace(/^https:\/\/[^/]+(?=\/)/i, '')
    .replace(/^\/?(?:v1\.0|beta)(?=\/)/i, '');
}

function decoded(query: string): string {
  try {
    return decodeURIComponent(query);
  } catch {
    return query;
  }
}
