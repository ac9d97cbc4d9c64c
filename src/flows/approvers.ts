import { groupById, groupMembers, managerOf, type UserInfo, userById } from '../graph/directory.js';
import type { ApproverSet } from '../graph/entitlement.js';
import { isNotFound } from '../graph/errors.js';
import type { GraphReader } from '../graph/graph.js';

export interface Approver {
  readonly user: UserInfo;
  readonly why: 'manager' | 'named' | 'group';
  readonly group: string;
}

/** Everybody whom a policy of Entra names as approver, each once. Never whoever asked. */
export async function approversAmong(
  reader: GraphReader,
  sets: readonly ApproverSet[],
  requestorId: string,
): Promise<readonly Approver[]> {
  const found = (await Promise.all(sets.map((set) => knownMembers(reader, set, requestorId)))).flat();
  const byId = new Map(found.map((approver) => [approver.user.id, approver]));
  byId.delete(requestorId);
  return [...byId.values()];
}

/** A person or group that was deleted stays in the policy; the others can still decide. */
async function knownMembers(
  reader: GraphReader,
  set: ApproverSet,
  requestorId: string,
): Promise<readonly Approver[]> {
  try {
    return await membersOf(reader, set, requestorId);
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}

async function membersOf(
  reader: GraphReader,
  set: ApproverSet,
  requestorId: string,
): Promise<readonly Approver[]> {
  switch (set.kind) {
    case 'user':
      return [{ user: await userById(reader, set.id), why: 'named', group: '' }];
    case 'group': {
      const [group, members] = await Promise.all([groupById(reader, set.id), groupMembers(reader, set.id)]);
      return members.map((user) => ({ user, why: 'group', group: group.name }));
    }
    case 'manager': {
      const manager = await managerOf(reader, requestorId, set.level);
      return manager === undefined ? [] : [{ user: manager, why: 'manager', group: '' }];
    }
    case 'other':
      return [];
  }
}

/** For whoever asks: names where the policy names people, the group's name where it names a group. */
export async function approverNames(reader: GraphReader, sets: readonly ApproverSet[]): Promise<string> {
  const names = await Promise.all(sets.map((set) => nameOf(reader, set)));
  return names.filter((name) => name !== '').join(', ');
}

async function nameOf(reader: GraphReader, set: ApproverSet): Promise<string> {
  if (set.kind === 'user') return (await userById(reader, set.id)).name;
  if (set.kind === 'group') return (await groupById(reader, set.id)).name;
  return '';
}
