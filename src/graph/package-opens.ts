import type {
  AccessPackage,
  AccessPackageResourceRole,
  AccessPackageResourceScope,
} from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { isAppError } from '../base/errors.js';
import { eachOrGone } from './each-or-gone.js';
import { flag, list, type Shape, text } from './fields.js';
import type { GraphReader } from './graph.js';
import { parseAs } from './parse.js';
import { relativeUrl, segment } from './url.js';

/** One thing that a package gives to whoever has it. */
export interface Opens {
  /** Empty: Entra does not say. */
  readonly name: string;
  /** As what, such as Member; empty: Entra does not say. */
  readonly role: string;
  readonly kind: 'group' | 'application' | 'site' | 'role' | 'other';
  /** Empty: none is known. */
  readonly url: string;
}

const base = '/identityGovernance/entitlementManagement/accessPackages';
const query = { $select: 'id', $expand: 'resourceRoleScopes($expand=role,scope)' };

/** By package, twenty to a request. Whichever cannot be read is left out. */
export async function packageOpens(
  reader: GraphReader,
  packageIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Opens[]>> {
  const paths = packageIds.map((id) => [id, relativeUrl(`${base}/${segment(id)}`, query)] as const);
  const found = await eachOrGone(reader, new Map(paths), asGrants);
  const all = [...found].flatMap(([id, grants]) => (grants === 'gone' ? [] : [[id, grants] as const]));
  const names = await groupNames(reader, [...new Set(all.flatMap(([, grants]) => unnamedGroups(grants)))]);
  return new Map(all.map(([id, grants]) => [id, grants.map((grant) => opensOf(grant, names))]));
}

interface Grant extends Opens {
  /** In the system it is from. */
  readonly originId: string;
}

const systems: ReadonlyMap<string, Opens['kind']> = new Map([
  ['aadgroup', 'group'],
  ['aadapplication', 'application'],
  ['sharepointonline', 'site'],
  ['directoryrole', 'role'],
]);

const noRole = { displayName: '', originSystem: '' };
const roleShape = z
  .object({ displayName: text, originSystem: text } satisfies Shape<AccessPackageResourceRole>)
  .catch(noRole);
const noScope = { displayName: '', originId: '', originSystem: '', isRootScope: false };
const scopeShape = z
  .object({
    displayName: text,
    originId: text,
    originSystem: text,
    isRootScope: flag,
  } satisfies Shape<AccessPackageResourceScope>)
  .catch(noScope);

const grantShape = z
  .object({ role: roleShape, scope: scopeShape })
  .catch({ role: noRole, scope: noScope })
  .transform(({ role, scope }): Grant => {
    const system = scope.originSystem === '' ? role.originSystem : scope.originSystem;
    const kind = systems.get(system.toLowerCase()) ?? 'other';
    // What has no parts is its own root, and Entra names that after nothing.
    const name = scope.isRootScope && /^root$/i.test(scope.displayName) ? '' : scope.displayName;
    const url = kind === 'site' && /^https:\/\//i.test(scope.originId) ? scope.originId : '';
    return { name, role: role.displayName, kind, url, originId: scope.originId.toLowerCase() };
  });

const asGrants = parseAs(
  z
    .object({ resourceRoleScopes: list(grantShape) } satisfies Shape<AccessPackage>)
    .transform(({ resourceRoleScopes }) => resourceRoleScopes),
  'access package with what it opens',
);

function unnamedGroups(grants: readonly Grant[]): readonly string[] {
  return grants.flatMap(({ kind, name, originId }) =>
    kind === 'group' && name === '' && originId !== '' ? [originId] : [],
  );
}

const asName = parseAs(
  z.object({ displayName: text }).transform(({ displayName }) => displayName),
  'group',
);

async function groupNames(reader: GraphReader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const paths = ids.map(
    (id) => [id, relativeUrl(`/groups/${segment(id)}`, { $select: 'displayName' })] as const,
  );
  try {
    const found = await eachOrGone(reader, new Map(paths), asName);
    return new Map([...found].map(([id, name]) => [id, name === 'gone' ? '' : name]));
  } catch (error) {
    if (isAppError(error)) return new Map();
    throw error;
  }
}

function opensOf({ originId, name, ...opens }: Grant, groups: ReadonlyMap<string, string>): Opens {
  if (name !== '') return { name, ...opens };
  if (opens.kind === 'group') return { name: groups.get(originId) ?? '', ...opens };
  // An address says more than nothing, and a role of the directory is its own name.
  return { name: opens.kind === 'site' ? opens.url : opens.kind === 'role' ? opens.role : '', ...opens };
}
