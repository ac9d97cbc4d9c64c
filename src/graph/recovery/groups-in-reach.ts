import type { Group } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { collect } from '../collect.js';
import { equal } from '../equal.js';
import { isNotFound } from '../errors.js';
import { flag, id, type Shape, text } from '../fields.js';
import type { GraphReader } from '../graph.js';
import type { NamedGroup } from '../membership.js';
import { parseAs } from '../parse.js';
import { groupBase } from '../pim/group-access.js';
import { asEligibleMember } from '../pim/group-right.js';
import { relativeUrl, segment } from '../url.js';
import { everyList } from './every-list.js';

/** Groups that can hold roles of Entra, and so bring them to somebody. */
export interface GroupsInReach {
  /** They are in it, or own it and can put themselves in. */
  readonly belongs: readonly NamedGroup[];
  /** They may activate it, by one step or by several. */
  readonly eligible: readonly NamedGroup[];
}

const fields = { $select: 'id,displayName,isAssignableToRole' };
const wanted = { ...fields, $top: '999' };

export async function groupsInReach(reader: GraphReader, personId: string): Promise<GroupsInReach> {
  const path = `/users/${segment(personId)}`;
  const cast = { query: { ...wanted, $count: 'true' }, headers: { ConsistencyLevel: 'eventual' } };
  const [member, owned] = await Promise.all([
    collect(reader.pages(`${path}/transitiveMemberOf/microsoft.graph.group`, cast), parseGroup),
    collect(reader.pages(`${path}/ownedObjects`, { query: wanted }), parseGroup),
  ]);
  const from = [personId.toLowerCase(), ...member.flatMap((group) => group.id ?? [])];
  const eligible = await groupsByIds(reader, await eligibleIds(reader, from));
  return { belongs: forRolesAmong([...member, ...owned]), eligible: forRolesAmong(eligible) };
}

function forRolesAmong(groups: readonly FoundGroup[]): readonly NamedGroup[] {
  const found = groups.flatMap(({ id: groupId, name, forRoles }) =>
    forRoles && groupId !== undefined ? [[groupId, { id: groupId, name }] as const] : [],
  );
  return [...new Map(found).values()];
}

/** Without those that are gone. */
async function groupsByIds(reader: GraphReader, ids: readonly string[]): Promise<readonly FoundGroup[]> {
  const paths = ids.map((groupId) => [groupId, relativeUrl(`/groups/${segment(groupId)}`, fields)] as const);
  const answers = await reader.getMany<unknown>(new Map(paths));
  return [...answers.values()].flatMap((answer) => {
    if (answer.kind === 'ok') return [parseGroup(answer.body)];
    if (isNotFound(answer.error)) return [];
    throw answer.error;
  });
}

/** A group may be eligible for another one, whether or not that one can hold roles. */
async function eligibleIds(reader: GraphReader, from: readonly string[]): Promise<readonly string[]> {
  const asked = new Set<string>();
  const found = new Set<string>();
  let next = [...new Set(from)];
  while (next.length > 0) {
    for (const principal of next) asked.add(principal);
    const paths = next.map((principal) => [principal, eligibilityPath(principal)] as const);
    const lists = await everyList(reader, new Map(paths), asEligibleMember);
    for (const { id: groupId } of [...lists.values()].flat()) found.add(groupId);
    next = [...found].filter((groupId) => !asked.has(groupId));
  }
  return [...found];
}

function eligibilityPath(principalId: string): string {
  return relativeUrl(`${groupBase}/eligibilityScheduleInstances`, {
    $filter: equal('principalId', principalId),
  });
}

/** What is owned need not be a group; what may not be looked at has an id and nothing else, and is taken for the worst. */
const groupShape = z
  .object({
    '@odata.type': text,
    id,
    displayName: text,
    isAssignableToRole: flag,
  } satisfies Shape<Group>)
  .transform(({ '@odata.type': type, displayName, isAssignableToRole, ...found }) => ({
    id: found.id,
    name: displayName || (found.id ?? ''),
    forRoles: ['', '#microsoft.graph.group'].includes(type) && (isAssignableToRole || displayName === ''),
  }));

type FoundGroup = z.output<typeof groupShape>;

const parseGroup = parseAs(groupShape, 'group');
