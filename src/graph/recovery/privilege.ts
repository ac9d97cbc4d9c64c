import type { UnifiedRoleAssignment } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { collect } from '../collect.js';
import { equal } from '../equal.js';
import { id, type Shape, text } from '../fields.js';
import type { GraphReader } from '../graph.js';
import { parseAs } from '../parse.js';
import { roleBase } from '../pim/directory-roles.js';
import { relativeUrl, segment } from '../url.js';
import { everyList } from './every-list.js';
import { type GroupsInReach, groupsInReach } from './groups-in-reach.js';

/** Template ids, the same in every tenant. */
export const authenticationAdministrator = 'c4e39bd9-1100-46d3-8c65-fb160da0071f';
export const privilegedAuthenticationAdministrator = '7be44c8a-adaf-4e2a-84d6-ab2649e08a13';
export const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';

export interface PrivilegedRole {
  readonly id: string;
  readonly name: string;
  /** `group`: because they are in a group, or own it. Groups that can hold roles stand here too, with or without any. */
  readonly how: 'active' | 'eligible' | 'group';
}

export interface Privilege {
  /** Any role of Entra counts, whatever its scope: which ones are harmless is not this bot's to say. */
  readonly privileged: boolean;
  readonly roles: readonly PrivilegedRole[];
}

/** Active, activated, eligible, through groups, and eligible for such a group. Fails when any of it cannot be read. */
export async function privilegeOf(reader: GraphReader, personId: string): Promise<Privilege> {
  const reach = await groupsInReach(reader, personId);
  const roles = new Map<string, PrivilegedRole>();
  for (const role of [...(await rolesInReach(reader, personId, reach)), ...bareGroups(reach)])
    roles.set(`${role.id} ${role.how}`, role);
  const sorted = [...roles.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return { privileged: sorted.length > 0, roles: sorted };
}

/** Whoever gives such a group a role gives it to them: Entra guards their sign-in already. */
function bareGroups({ belongs, eligible }: GroupsInReach): readonly PrivilegedRole[] {
  const open = eligible.filter(({ id: groupId }) => !belongs.some((group) => group.id === groupId));
  return [
    ...belongs.map((group) => ({ ...group, how: 'group' as const })),
    ...open.map((group) => ({ ...group, how: 'eligible' as const })),
  ];
}

async function rolesInReach(
  reader: GraphReader,
  personId: string,
  reach: GroupsInReach,
): Promise<readonly PrivilegedRole[]> {
  const person = personId.toLowerCase();
  const belongs = reach.belongs.map((group) => group.id);
  const principals = [...new Set([person, ...belongs, ...reach.eligible.map((group) => group.id)])];
  const paths = principals.flatMap((principal) => [
    [`active ${principal}`, rolesPath('roleAssignments', principal)] as const,
    [`eligible ${principal}`, rolesPath('roleEligibilityScheduleInstances', principal)] as const,
  ]);
  const lists = await everyList(reader, new Map(paths), asRoleOf);
  return principals.flatMap((principal) => {
    const listed = (what: string) => lists.get(`${what} ${principal}`) ?? [];
    const how = (what: 'active' | 'eligible'): PrivilegedRole['how'] => {
      if (principal === person) return what;
      return belongs.includes(principal) ? 'group' : 'eligible';
    };
    return (['active', 'eligible'] as const).flatMap((what) =>
      listed(what).map((role) => ({ id: role.id, name: role.name || role.id, how: how(what) })),
    );
  });
}

function rolesPath(name: string, principalId: string): string {
  return relativeUrl(`${roleBase}/${name}`, {
    $filter: equal('principalId', principalId),
    $expand: 'roleDefinition',
  });
}

/**
 * Has it in the whole directory now: standing, activated, or through a group. In an administrative unit alone does not
 * count, because whom it reaches is Entra's to say.
 */
export async function holdsRole(
  reader: GraphReader,
  personId: string,
  roleTemplateId: string,
): Promise<boolean> {
  const holders = await principalsWith(reader, roleTemplateId);
  if (holders.size === 0) return false;
  if (holders.has(personId.toLowerCase())) return true;
  return (await groupIdsOf(reader, personId)).some((groupId) => holders.has(groupId));
}

/**
 * By role, who of these people has it, on the same terms. One call a role and one for each twenty people, however many
 * there are.
 */
export async function roleHolders(
  reader: GraphReader,
  personIds: readonly string[],
  roleTemplateIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const people = [...new Set(personIds.map((personId) => personId.toLowerCase()))];
  const principals = new Map<string, ReadonlySet<string>>();
  for (const role of roleTemplateIds) principals.set(role, await principalsWith(reader, role));
  const others = [...principals.values()].some((all) => [...all].some((each) => !people.includes(each)));
  const groups = others ? await groupsOfAll(reader, people) : new Map<string, readonly string[]>();
  const has = (all: ReadonlySet<string>, person: string): boolean =>
    all.has(person) || (groups.get(person) ?? []).some((groupId) => all.has(groupId));
  return new Map(
    [...principals].map(([role, all]) => [role, new Set(people.filter((one) => has(all, one)))]),
  );
}

/** People, groups and services. */
async function principalsWith(reader: GraphReader, roleTemplateId: string): Promise<ReadonlySet<string>> {
  const query = { $filter: equal('roleDefinitionId', roleTemplateId) };
  const assigned = await collect(reader.pages(`${roleBase}/roleAssignments`, { query }), asRoleOf);
  return new Set(assigned.filter(({ scope }) => scope === '/').map((each) => each.principalId));
}

function groupsOfAll(
  reader: GraphReader,
  people: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const paths = people.map((person) => {
    const path = `/users/${segment(person)}/transitiveMemberOf`;
    return [person, relativeUrl(path, { $select: 'id', $top: '999' })] as const;
  });
  return everyList(reader, new Map(paths), (group) => idShape.parse(group).id ?? '');
}

/** Groups they are in, also through others. */
export async function groupIdsOf(reader: GraphReader, personId: string): Promise<readonly string[]> {
  const path = `/users/${segment(personId)}/transitiveMemberOf/microsoft.graph.group`;
  const query = { $select: 'id', $top: '999', $count: 'true' };
  const pages = reader.pages(path, { query, headers: { ConsistencyLevel: 'eventual' } });
  return collect(pages, (group) => idShape.parse(group).id ?? '');
}

const idShape = z.object({ id }).catch({ id: undefined });

const roleShape = z
  .object({
    roleDefinitionId: z.string().min(1).toLowerCase(),
    principalId: id,
    directoryScopeId: text,
    roleDefinition: z.object({ displayName: text }).catch({ displayName: '' }),
  } satisfies Shape<UnifiedRoleAssignment>)
  .transform((found) => ({
    id: found.roleDefinitionId,
    name: found.roleDefinition.displayName,
    principalId: found.principalId ?? '',
    scope: found.directoryScopeId,
  }));

const asRoleOf = parseAs(roleShape, 'role of somebody');
