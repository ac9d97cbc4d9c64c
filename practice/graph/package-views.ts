import { type Group, groupById } from '../world/groups.js';
import { stableId } from '../world/ids.js';
import {
  type AccessPackage,
  accessPackages,
  catalog,
  packageById,
  packagesCreated,
  type Resource,
} from '../world/packages.js';
import type { Entity } from './entity.js';
import { policyEntities } from './policy-views.js';

export function packageEntity(found: AccessPackage): Entity {
  return {
    type: 'accessPackage',
    props: {
      id: found.id,
      displayName: found.displayName,
      description: found.description,
      isHidden: false,
      createdDateTime: packagesCreated,
      modifiedDateTime: packagesCreated,
    },
    nav: {
      catalog: catalogEntity,
      assignmentPolicies: () => policyEntities(found),
      resourceRoleScopes: () => resourceRoleScopes(found),
      incompatibleAccessPackages: () => conflicts(found).map(packageEntity),
      accessPackagesIncompatibleWith: () =>
        accessPackages.filter((other) => conflicts(other).includes(found)).map(packageEntity),
      incompatibleGroups: () =>
        (found.conflictingGroupIds ?? []).flatMap((id) => groupById(id) ?? []).map(plainGroup),
    },
  };
}

function conflicts({ conflictingPackageIds = [] }: AccessPackage): AccessPackage[] {
  return conflictingPackageIds.flatMap((id) => packageById(id) ?? []);
}

// Without owners and members: who may read packages may not read those for it.
function plainGroup({ id, displayName, description }: Group): Entity {
  return {
    type: 'group',
    props: { id, displayName, description, securityEnabled: true, mailEnabled: false },
  };
}

export function catalogEntity(): Entity {
  return {
    type: 'accessPackageCatalog',
    props: {
      ...catalog,
      catalogType: 'userManaged',
      state: 'published',
      isExternallyVisible: true,
      createdDateTime: packagesCreated,
      modifiedDateTime: packagesCreated,
    },
  };
}

function resourceRoleScopes(found: AccessPackage): Entity[] {
  const group = groupById(found.groupId ?? '');
  return [
    ...(group ? [groupScope(found, group)] : []),
    ...(found.opens ?? []).map((opened) => scopeOf(found, opened)),
  ];
}

function groupScope(found: AccessPackage, group: Group): Entity {
  const { id, displayName } = group;
  const role = { id: stableId(`member of ${id}`), displayName: 'Member', originId: `Member_${id}` };
  const scope = { id: stableId(`scope ${id}`), displayName, originId: id };
  return roleScope(found, 'AadGroup', role, scope);
}

function scopeOf(found: AccessPackage, { system, name, originId, role, roleOriginId }: Resource): Entity {
  const held = { id: stableId(`${role} of ${originId}`), displayName: role, originId: roleOriginId };
  const scope = { id: stableId(`scope ${originId}`), displayName: name, originId };
  return roleScope(found, system, held, scope);
}

interface Named {
  readonly id: string;
  readonly displayName: string;
  readonly originId: string;
}

function roleScope(found: AccessPackage, originSystem: string, role: Named, scope: Named): Entity {
  const id = stableId(`${found.id} gives ${scope.originId}`);
  return {
    type: 'accessPackageResourceRoleScope',
    props: { id, createdDateTime: packagesCreated },
    nav: {
      role: () => ({
        type: 'accessPackageResourceRole',
        props: { ...role, description: null, originSystem },
      }),
      scope: () => ({
        type: 'accessPackageResourceScope',
        props: { ...scope, description: null, originSystem, isRootScope: true },
      }),
    },
  };
}
