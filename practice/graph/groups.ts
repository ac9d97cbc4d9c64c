import { type Group, groupById, groups } from '../world/groups.js';
import { stableId } from '../world/ids.js';
import { tenantId, tenantName } from '../world/people.js';
import { roles } from '../world/roles.js';
import { groups as access, organization, roleManagement } from './access.js';
import type { Call, Operation, Routes } from './call.js';
import { groupEntity, nestedGroups, usersByIds } from './directory-views.js';
import type { Entity } from './entity.js';
import { noSuchResource } from './error-answer.js';
import { one, page } from './odata-page.js';
import { roleEntity } from './role-entity.js';
import { notForGuests } from './users.js';

export function groupRoutes(routes: Routes): void {
  routes('GET', '/groups', access.read, listGroups);
  routes('GET', '/groups/:id', access.read, (call) =>
    one(call, 'groups', groupEntity(call.ctx, subject(call))),
  );
  routes('GET', '/groups/:id/owners', access.owners, (call) =>
    objects(call, usersByIds(call.ctx, call.ctx.tenant.holdings.ownersOf(subject(call).id))),
  );
  routes('GET', '/groups/:id/members', access.members, (call) => {
    const group = subject(call);
    return objects(call, [
      ...usersByIds(call.ctx, call.ctx.tenant.directMembers(group)),
      ...nestedGroups(call.ctx, group),
    ]);
  });
  routes('GET', '/groups/:id/transitiveMembers', access.members, (call) => {
    const group = subject(call);
    return objects(call, [
      ...usersByIds(call.ctx, call.ctx.tenant.transitiveMembers(group)),
      ...nestedGroups(call.ctx, group),
    ]);
  });
  for (const cast of ['microsoft.graph.group', 'graph.group']) {
    routes('GET', `/groups/:id/transitiveMembers/${cast}`, access.members, (call) => {
      const entities = nestedGroups(call.ctx, subject(call));
      return page(call, { context: 'groups', entities, directory: true, cast: true });
    });
  }
}

/** Roles and the organization: small, and read only. */
export function tenantRoutes(routes: Routes): void {
  routes('GET', '/organization', organization, (call) =>
    page(call, { context: 'organization', entities: [organizationEntity()], directory: true }),
  );
  routes('GET', '/roleManagement/directory/roleDefinitions', roleManagement, (call) =>
    page(call, { context: 'roleManagement/directory/roleDefinitions', entities: roles.map(roleEntity) }),
  );
  routes('GET', '/roleManagement/directory/roleDefinitions/:id', roleManagement, (call) => {
    const role =
      roles.find(({ id }) => id === call.req.params.id?.toLowerCase()) ?? noSuchResource(call.req.params.id);
    return one(call, 'roleManagement/directory/roleDefinitions', roleEntity(role));
  });
  routes('GET', '/roleManagement/directory/roleAssignments', roleManagement, (call) =>
    page(call, { context: 'roleManagement/directory/roleAssignments', entities: roleAssignments(call) }),
  );
}

const listGroups: Operation = (call) => {
  notForGuests(call.caller);
  const entities = groups.map((group) => groupEntity(call.ctx, group));
  return page(call, { context: 'groups', entities, directory: true });
};

function objects(call: Call, entities: readonly Entity[]): ReturnType<typeof page> {
  return page(call, { context: 'directoryObjects', entities, directory: true, typed: true });
}

function subject(call: Call): Group {
  return groupById(call.req.params.id ?? '') ?? noSuchResource(call.req.params.id);
}

// What stands, and what people activated, once it works.
function roleAssignments({ ctx: { tenant } }: Call): Entity[] {
  return roles.flatMap((role) => {
    const holders = tenant.holdings
      .roleHolders(role.id)
      .map(({ id }) => ({ principalId: id, scope: '/', name: `${id} holds ${role.id}` }));
    const activated = tenant.pim
      .working('role')
      .filter(({ target }) => target.id === role.id)
      .map(({ principalId, target: { scope }, scheduleId }) => ({ principalId, scope, name: scheduleId }));
    return [...holders, ...activated].map(({ principalId, scope, name }) => ({
      type: 'unifiedRoleAssignment',
      props: {
        id: stableId(name),
        principalId,
        roleDefinitionId: role.id,
        directoryScopeId: scope,
      },
      nav: { roleDefinition: () => roleEntity(role) },
    }));
  });
}

function organizationEntity(): Entity {
  const domain = { name: 'contoso.example', isDefault: true, isInitial: true, type: 'Managed' };
  return {
    type: 'organization',
    props: { id: tenantId, displayName: tenantName, tenantType: 'AAD', verifiedDomains: [domain] },
  };
}
