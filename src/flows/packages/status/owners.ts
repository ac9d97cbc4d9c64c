import type { UserInfo } from '../../../graph/directory.js';
import { packageById } from '../../../graph/entitlement.js';
import { usersByIds } from '../../../graph/users-by-ids.js';
import { packageOwners as namedOwners } from '../../../policy/package-owners.js';
import type { HouseServices } from '../../turn.js';

/** Who answers for a package, as people. No guest, and nobody who left or whose account is off. */
export async function packageOwners(
  services: HouseServices,
  packageId: string,
): Promise<readonly UserInfo[]> {
  const reader = services.graph.reader(services.ids.guid());
  const ids = namedOwners(services.policy, await packageById(reader, packageId));
  if (ids.length === 0) return [];
  const found = await usersByIds(reader, ids);
  return [...found.values()].flatMap((user) =>
    user === 'gone' || user.guest || !user.enabled ? [] : [user],
  );
}
