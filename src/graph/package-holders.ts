import type {
  AccessPackageAssignment,
  EntitlementManagementSchedule,
} from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { asPackage, type PackageInfo } from './access-package.js';
import { collect } from './collect.js';
import { equal } from './equal.js';
import { isNotFound } from './errors.js';
import { id, list, type Shape, text } from './fields.js';
import type { GraphReader } from './graph.js';
import { listsOf } from './list-from.js';
import { parseAs } from './parse.js';
import { relativeUrl, segment } from './url.js';

/** An access package that somebody has. */
export interface HeldPackage {
  readonly packageId: string;
  readonly packageName: string;
  /** Empty where Entra does not say. */
  readonly since: string;
}

const base = '/identityGovernance/entitlementManagement';
const grants = 'resourceRoleScopes($expand=role,scope)';

/** The packages that make their holder a member of the group. Graph cannot be asked this way round: it lists them all. */
export async function packagesGranting(
  reader: GraphReader,
  groupId: string,
): Promise<readonly PackageInfo[]> {
  const query = { $expand: `catalog,${grants}` };
  const pages = reader.pages(`${base}/accessPackages`, { query });
  const wanted = groupId.toLowerCase();
  const found = await collect(pages, (one) =>
    groupsGrantedBy(one).includes(wanted) ? [asPackage(one)] : [],
  );
  return found.flat();
}

/** Which of these packages make their holder a member of the group. Fails when one of them cannot be read. */
export async function grantingAmong(
  reader: GraphReader,
  packageIds: readonly string[],
  groupId: string,
): Promise<ReadonlySet<string>> {
  const paths = new Map(packageIds.map((id) => [id, `${base}/accessPackages/${segment(id)}`]));
  const answers = await reader.getMany(paths, { query: { $expand: grants } });
  const granting = [...answers].filter(([, answer]) => {
    if (answer.kind === 'ok') return groupsGrantedBy(answer.body).includes(groupId.toLowerCase());
    if (isNotFound(answer.error)) return false;
    throw answer.error;
  });
  return new Set(granting.map(([id]) => id));
}

/** By person: what they hold now. A person about whom this cannot be read is left out. */
export function deliveredAssignments(
  reader: GraphReader,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, readonly HeldPackage[]>> {
  const paths = userIds.map((userId) => {
    const filter = `${equal('target/objectId', userId)} and ${equal('state', 'delivered')}`;
    const query = { $filter: filter, $expand: 'accessPackage' };
    return [userId, relativeUrl(`${base}/assignments`, query)] as const;
  });
  return listsOf(reader, new Map(paths), asHeldPackage);
}

const assignmentShape = z
  .object({
    accessPackage: z.object({ id, displayName: text }).catch({ id: undefined, displayName: '' }),
    schedule: z
      .object({ startDateTime: text } satisfies Shape<EntitlementManagementSchedule>)
      .catch({ startDateTime: '' }),
  } satisfies Shape<AccessPackageAssignment>)
  .transform(
    ({ accessPackage, schedule }): HeldPackage => ({
      packageId: accessPackage.id ?? '',
      packageName: accessPackage.displayName,
      since: schedule.startDateTime,
    }),
  );

const asHeldPackage = parseAs(assignmentShape, 'assignment of an access package');

const nothing = { originId: undefined, originSystem: '' };
const originShape = z.object({ originId: id, originSystem: text }).catch(nothing);
const grantsShape = z
  .object({
    resourceRoleScopes: list(
      z.object({ role: originShape, scope: originShape }).catch({ role: nothing, scope: nothing }),
    ),
  })
  .catch({ resourceRoleScopes: [] });

/** The groups of which a package makes its holder a member; to own a group is another role. */
export function groupsGrantedBy(accessPackage: unknown): readonly string[] {
  return grantsShape
    .parse(accessPackage)
    .resourceRoleScopes.flatMap(({ role, scope }) =>
      role.originId?.startsWith('member_') && scope.originSystem.toLowerCase() === 'aadgroup'
        ? (scope.originId ?? [])
        : [],
    );
}
