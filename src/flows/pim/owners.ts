import type { UserInfo } from '../../graph/directory.js';
import { graphError } from '../../graph/errors.js';
import type { GraphReader } from '../../graph/graph.js';
import { groupOwners } from '../../graph/membership.js';
import { usersByIds } from '../../graph/users-by-ids.js';
import type { ActivationRow } from '../../store/schema.js';
import type { HouseServices } from '../turn.js';
import { targetOf } from './activations.js';
import { policyId } from './target.js';

/**
 * Who answers for a role: whom the policy file names, else the owners of the group, else whoever looks after security.
 * Never the person whose activation it is, no guest, and nobody whose account is off.
 */
export async function ownersOf(services: HouseServices, row: ActivationRow): Promise<readonly UserInfo[]> {
  const reader = services.graph.reader(services.ids.guid());
  const { owners, security } = services.policy.pim;
  const target = targetOf(row);
  const id = policyId(target).toLowerCase();
  const named = Object.hasOwn(owners, id) ? (owners[id] ?? []) : [];
  const eligible = ({ id: person, guest, enabled }: UserInfo): boolean =>
    person !== row.person && !guest && enabled;
  for (const find of [
    () => people(reader, named),
    // Whoever had the ownership could have added an owner who then judges it.
    () =>
      row.kind === 'group' && row.scope !== 'owner' ? groupOwners(reader, row.target) : Promise.resolve([]),
    () => people(reader, security),
  ]) {
    const found = (await find()).filter(eligible);
    if (found.length > 0) return found;
  }
  return [];
}

/** Whoever left is passed over; whoever cannot be read now is not: somebody else would answer in their place. */
async function people(reader: GraphReader, ids: readonly string[]): Promise<readonly UserInfo[]> {
  const found = await usersByIds(reader, ids);
  if (ids.some((id) => !found.has(id))) throw graphError('graph.unavailable');
  return [...found.values()].flatMap((user) => (user === 'gone' ? [] : [user]));
}
