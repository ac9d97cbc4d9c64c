import type { Group } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { isAppError } from '../../base/errors.js';
import { collect } from '../collect.js';
import { type Shape, text } from '../fields.js';
import type { GraphReader } from '../graph.js';
import { usersByIds } from '../users-by-ids.js';
import type { Asked, Target } from './activating.js';

interface GroupName {
  readonly name: string;
  readonly description: string;
}

// Entra refuses more alternatives in one filter.
const mostInOneFilter = 15;

const groupShape = z
  .object({ id: text, displayName: text, description: text } satisfies Shape<Group>)
  .transform((group) => {
    const named: GroupName = { name: group.displayName, description: group.description };
    return [group.id.toLowerCase(), named] as const;
  });

/** By group. A group whose name cannot be read goes by its id, and what it was wanted for is not lost. */
async function groupNaming(
  reader: GraphReader,
  groupIds: readonly string[],
): Promise<(groupId: string) => GroupName> {
  const names = await groupNames(reader, [...new Set(groupIds)]);
  return (groupId) => names.get(groupId) ?? { name: groupId, description: '' };
}

interface Unnamed {
  readonly name: string;
  readonly description?: string;
}

/** The same with the names of their groups, where they have none yet. Of any kind: only groups are looked up. */
export function withGroupNames<One extends Target & Unnamed>(
  reader: GraphReader,
  found: readonly One[],
): Promise<readonly One[]> {
  return named(reader, found, (one) => one);
}

/** Requests also get the names of whoever asked. */
export async function withNames(reader: GraphReader, found: readonly Asked[]): Promise<readonly Asked[]> {
  const nameless = found.filter(({ principalName }) => principalName === '');
  const [grouped, people] = await Promise.all([
    named(reader, found, ({ target }) => target),
    usersByIds(reader, [...new Set(nameless.map(({ principalId }) => principalId))]),
  ]);
  return grouped.map((one) => {
    const person = people.get(one.principalId);
    if (one.principalName !== '' || person === undefined || person === 'gone') return one;
    return { ...one, principalName: person.name };
  });
}

async function named<One extends Unnamed>(
  reader: GraphReader,
  found: readonly One[],
  targetOf: (one: One) => Target,
): Promise<readonly One[]> {
  const unnamed = (one: One): boolean => targetOf(one).kind === 'group' && one.name === '';
  const naming = await groupNaming(
    reader,
    found.filter(unnamed).map((one) => targetOf(one).id),
  );
  return found.map((one) => {
    if (!unnamed(one)) return one;
    const { name, description } = naming(targetOf(one).id);
    return { ...one, name, ...(one.description === undefined ? {} : { description }) };
  });
}

async function groupNames(
  reader: GraphReader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, GroupName>> {
  const chunks = Array.from({ length: Math.ceil(ids.length / mostInOneFilter) }, (_, index) =>
    ids.slice(index * mostInOneFilter, (index + 1) * mostInOneFilter),
  );
  const named = await Promise.all(chunks.map((chunk) => namesOf(reader, chunk)));
  return new Map(named.flat());
}

async function namesOf(reader: GraphReader, ids: readonly string[]) {
  const listed = ids.map((id) => `'${id.replaceAll("'", "''")}'`).join(',');
  const query = { $filter: `id in (${listed})`, $select: 'id,displayName,description' };
  try {
    return await collect(reader.pages('/groups', { query }), (group) => groupShape.parse(group));
  } catch (error) {
    if (isAppError(error)) return [];
    throw error;
  }
}
