import type { Group } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { isAppError } from '../base/errors.js';
import { asUser, userQuery } from './as-user.js';
import { collect } from './collect.js';
import { type Shape, text } from './fields.js';
import type { GraphReader } from './graph.js';
import { parseAs } from './parse.js';
import { segment } from './url.js';

export interface UserInfo {
  readonly id: string;
  readonly name: string;
  readonly userPrincipalName: string;
  readonly mail: string;
  readonly jobTitle: string;
  readonly department: string;
  readonly guest: boolean;
  readonly enabled: boolean;
}

export interface GroupInfo {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

const groupShape = z
  .object({ id: z.string().min(1), displayName: text, description: text } satisfies Shape<Group>)
  .transform(
    (group): GroupInfo => ({
      id: group.id.toLowerCase(),
      name: group.displayName,
      description: group.description,
    }),
  );

const asGroup = parseAs(groupShape, 'group');

export async function userById(reader: GraphReader, userId: string): Promise<UserInfo> {
  return asUser(await reader.get(userPath(userId), { query: userQuery }));
}

/** Level 2 is the manager's manager. Undefined: nobody stands above, which Graph says with a 404. */
export async function managerOf(
  reader: GraphReader,
  userId: string,
  level = 1,
): Promise<UserInfo | undefined> {
  try {
    const manager = asUser(await reader.get(`${userPath(userId)}/manager`, { query: userQuery }));
    return level > 1 ? await managerOf(reader, manager.id, level - 1) : manager;
  } catch (error) {
    if (isAppError(error) && error.code === 'graph.not-found') return undefined;
    throw error;
  }
}

/** People only: groups hold devices, services and other groups too. */
export async function groupMembers(reader: GraphReader, groupId: string): Promise<readonly UserInfo[]> {
  const pages = reader.pages(`/groups/${segment(groupId)}/transitiveMembers`, { query: userQuery });
  const all = await collect(pages, (member) => (isUser(member) ? [asUser(member)] : []));
  return all.flat();
}

export async function groupById(reader: GraphReader, groupId: string): Promise<GroupInfo> {
  const query = { $select: 'id,displayName,description' };
  return asGroup(await reader.get(`/groups/${segment(groupId)}`, { query }));
}

function userPath(userId: string): string {
  return `/users/${segment(userId)}`;
}

function isUser(member: unknown): boolean {
  const type = z.object({ '@odata.type': z.string() }).safeParse(member);
  return !type.success || type.data['@odata.type'] === '#microsoft.graph.user';
}
