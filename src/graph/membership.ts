import { z } from 'zod/v4';
import { asUser, userQuery } from './as-user.js';
import { collect } from './collect.js';
import type { UserInfo } from './directory.js';
import { isNotFound } from './errors.js';
import { id, text } from './fields.js';
import type { BatchAnswer, GraphReader } from './graph.js';
import { listFrom } from './list-from.js';
import { relativeUrl, segment } from './url.js';

export interface NamedGroup {
  readonly id: string;
  readonly name: string;
}

/** Where a person stands. Undefined: it could not be read, which is not the same as none. */
export interface Belonging {
  readonly user: UserInfo | undefined;
  /** Not in the directory any more. */
  readonly gone: boolean;
  /** Names. Empty: nobody. */
  readonly manager: string | undefined;
  readonly sponsors: readonly string[] | undefined;
  /** Those they are a direct member of. */
  readonly groups: readonly NamedGroup[] | undefined;
}

const largestPage = '999';
const named = { $select: 'id,displayName', $top: largestPage };

/** By person; everything about everybody in one round. */
export async function belongings(
  reader: GraphReader,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, Belonging>> {
  const ids = [...new Set(userIds)];
  const paths = new Map(ids.flatMap((userId) => Object.values(pathsOf(userId)).map((path) => [path, path])));
  const answers = await reader.getMany<unknown>(paths);
  const found = ids.map(async (userId) => [userId, await belongingOf(reader, userId, answers)] as const);
  return new Map(await Promise.all(found));
}

async function belongingOf(
  reader: GraphReader,
  userId: string,
  answers: ReadonlyMap<string, BatchAnswer<unknown>>,
): Promise<Belonging> {
  const { user: userPath, manager: managerPath, sponsors, groups } = pathsOf(userId);
  const user = answers.get(userPath);
  const manager = answers.get(managerPath);
  return {
    user: user?.kind === 'ok' ? asUser(user.body) : undefined,
    gone: isGone(user),
    manager: manager?.kind === 'ok' ? objectShape.parse(manager.body).name : isGone(manager) ? '' : undefined,
    sponsors: namesOf(await listFrom(reader, sponsors, answers.get(sponsors), parseObject)),
    groups: groupsAmong(await listFrom(reader, groups, answers.get(groups), parseObject)),
  };
}

function isGone(answer: BatchAnswer<unknown> | undefined): boolean {
  return answer?.kind === 'failed' && isNotFound(answer.error);
}

function pathsOf(userId: string) {
  const path = `/users/${segment(userId)}`;
  return {
    user: relativeUrl(path, userQuery),
    manager: relativeUrl(`${path}/manager`, { $select: 'id,displayName,userPrincipalName' }),
    sponsors: relativeUrl(`${path}/sponsors`, named),
    groups: relativeUrl(`${path}/memberOf`, named),
  };
}

/**
 * The groups that are members of a group, at any depth: through which of them somebody may have come in. Asked for by
 * kind, or every one of ten thousand people would be read to find two groups among them.
 */
export async function nestedGroups(reader: GraphReader, groupId: string): Promise<readonly NamedGroup[]> {
  const path = `/groups/${segment(groupId)}/transitiveMembers/microsoft.graph.group`;
  const options = { query: { ...named, $count: 'true' }, headers: { ConsistencyLevel: 'eventual' } };
  return collect(reader.pages(path, options), (group) => groupShape.parse(group));
}

/** People only: a service can own a group, but nobody can write to it. */
export async function groupOwners(reader: GraphReader, groupId: string): Promise<readonly UserInfo[]> {
  const pages = reader.pages(`/groups/${segment(groupId)}/owners`, { query: userQuery });
  const all = await collect(pages, (owner) => (parseObject(owner).type === 'user' ? [asUser(owner)] : []));
  return all.flat();
}

const groupShape = z
  .object({ id: z.string().min(1), displayName: text })
  .transform(({ id: groupId, displayName: name }): NamedGroup => ({ id: groupId.toLowerCase(), name }));

interface DirectoryObject {
  readonly type: string;
  readonly id: string | undefined;
  readonly name: string;
}

const objectShape = z
  .object({ '@odata.type': text, id, displayName: text, userPrincipalName: text })
  .catch({ '@odata.type': '', id: undefined, displayName: '', userPrincipalName: '' })
  .transform(
    (found): DirectoryObject => ({
      type: found['@odata.type'].replace('#microsoft.graph.', ''),
      id: found.id,
      name: found.displayName === '' ? found.userPrincipalName : found.displayName,
    }),
  );

function parseObject(object: unknown): DirectoryObject {
  return objectShape.parse(object);
}

function namesOf(objects: readonly DirectoryObject[] | undefined): readonly string[] | undefined {
  return objects?.map(({ name }) => name).filter((name) => name !== '');
}

function groupsAmong(objects: readonly DirectoryObject[] | undefined): readonly NamedGroup[] | undefined {
  return objects?.flatMap(({ type, id, name }) =>
    type === 'group' && id !== undefined ? [{ id, name }] : [],
  );
}
