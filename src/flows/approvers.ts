import { groupById, groupMembers, managerOf, type UserInfo, userById } from '../graph/directory.js';
import type { ApproverSet } from '../graph/entitlement.js';
import { isNotFound } from '../graph/errors.js';
import type { GraphReader } from '../graph/graph.js';
import { sponsorsOf } from '../graph/sponsors.js';

export interface Approver {
  readonly user: UserInfo;
  readonly why: 'manager' | 'named' | 'group' | 'sponsor';
  readonly group: string;
}

/** Who asks, and for whom: mostly the same. */
export interface Concerned {
  readonly requestorId: string;
  readonly targetId: string;
}

/** Everybody whom a policy of Entra names as approver, each once. Never whoever asked, nor whoever would get it. */
export async function approversAmong(
  reader: GraphReader,
  sets: readonly ApproverSet[],
  concerned: Concerned,
): Promise<readonly Approver[]> {
  const found = await membersAmong(reader, sets, concerned);
  return found.filter(({ user }) => user.id !== concerned.requestorId && user.id !== concerned.targetId);
}

/** Everybody whom such sets mean, each once. */
export async function membersAmong(
  reader: GraphReader,
  sets: readonly ApproverSet[],
  concerned: Concerned,
): Promise<readonly Approver[]> {
  const found = (await Promise.all(sets.map((set) => knownMembers(reader, set, concerned)))).flat();
  return [...new Map(found.map((approver) => [approver.user.id, approver])).values()];
}

/** A person or group that was deleted stays in the policy; the others can still decide. */
async function knownMembers(
  reader: GraphReader,
  set: ApproverSet,
  concerned: Concerned,
): Promise<readonly Approver[]> {
  try {
    return await membersOf(reader, set, concerned);
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}

async function membersOf(
  reader: GraphReader,
  set: ApproverSet,
  { requestorId, targetId }: Concerned,
): Promise<readonly Approver[]> {
  switch (set.kind) {
    case 'user':
      return [{ user: await userById(reader, set.id), why: 'named', group: '' }];
    case 'group':
      return membersOfGroup(reader, set.id, 'group');
    case 'manager': {
      const manager = await managerOf(reader, set.of === 'target' ? targetId : requestorId, set.level);
      return manager === undefined ? [] : [{ user: manager, why: 'manager', group: '' }];
    }
    case 'sponsors':
      return set.which === 'own' ? sponsorsAmong(reader, targetId) : [];
    case 'other':
      return [];
  }
}

async function membersOfGroup(
  reader: GraphReader,
  groupId: string,
  why: 'group' | 'sponsor',
): Promise<readonly Approver[]> {
  const [group, members] = await Promise.all([groupById(reader, groupId), groupMembers(reader, groupId)]);
  return members.map((user) => ({ user, why, group: group.name }));
}

/** Whoever vouches for a whole organisation is not looked up: to show a request to the wrong people would be worse. */
async function sponsorsAmong(reader: GraphReader, guestId: string): Promise<readonly Approver[]> {
  const { people, groupIds } = await sponsorsOf(reader, guestId);
  const named = people.map((user): Approver => ({ user, why: 'sponsor', group: '' }));
  const groups = await Promise.all(groupIds.map((id) => membersOfGroup(reader, id, 'sponsor')));
  return [...named, ...groups.flat()];
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
