import { groupMembers, type UserInfo } from '../../../graph/directory.js';
import { graphError, isNotFound } from '../../../graph/errors.js';
import type { GraphReader } from '../../../graph/graph.js';
import { usersByIds } from '../../../graph/users-by-ids.js';

/**
 * The policy file names people and groups alike. Whoever left is passed over; whoever cannot be read now is not:
 * somebody else would be asked in their place.
 */
export async function peopleAmong(reader: GraphReader, ids: readonly string[]): Promise<readonly UserInfo[]> {
  const found = await usersByIds(reader, [...new Set(ids)]);
  if (ids.some((id) => !found.has(id))) throw graphError('graph.unavailable');
  const people = [...found].map(([id, user]) => (user === 'gone' ? membersOf(reader, id) : [user]));
  const all = (await Promise.all(people)).flat();
  return [...new Map(all.map((user) => [user.id, user])).values()];
}

async function membersOf(reader: GraphReader, groupId: string): Promise<readonly UserInfo[]> {
  try {
    return await groupMembers(reader, groupId);
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}
