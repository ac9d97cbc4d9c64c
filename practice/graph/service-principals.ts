import type { PracticeContext } from '../context.js';
import { azureAudience, graphAppId, servicePrincipalId } from '../sign-in/tokens.js';
import { stableId } from '../world/ids.js';
import { appId } from '../world/people.js';
import { directoryPerson } from '../world/reviewed-people.js';
import { retrievalApp } from '../world/roles.js';
import { applications } from './access.js';
import type { Call, Routes } from './call.js';
import { usersByIds } from './directory-views.js';
import type { Entity } from './entity.js';
import { noSuchResource } from './error-answer.js';
import { one, page } from './odata-page.js';

const graphPrincipalId = stableId('service principal of Microsoft Graph');
const azurePrincipalId = stableId('service principal of Azure Resource Manager');
/** The same in every tenant, and called by its older name there. */
const azureApp = { id: '797f4846-ba00-4fd7-ba71-dba1f031c013', name: 'Windows Azure Service Management API' };

/** Enough to see what was consented to (the bot's service principal, those of Graph and Azure, the grants), and the app that is reviewed. */
export function servicePrincipalRoutes(routes: Routes): void {
  routes('GET', '/servicePrincipals', applications, (call) =>
    page(call, { context: 'servicePrincipals', entities: principals(call.ctx), directory: true }),
  );
  routes('GET', '/servicePrincipals/:id', applications, (call) =>
    one(call, 'servicePrincipals', subject(call)),
  );
  routes('GET', '/servicePrincipals/:id/oauth2PermissionGrants', applications, (call) => {
    const own = subject(call).props.id === servicePrincipalId;
    return page(call, { context: 'oauth2PermissionGrants', entities: own ? delegatedGrants(call.ctx) : [] });
  });
  routes('GET', '/servicePrincipals/:id/appRoleAssignments', applications, (call) => {
    const own = subject(call).props.id === servicePrincipalId;
    return page(call, { context: 'appRoleAssignments', entities: own ? roleAssignments(call.ctx) : [] });
  });
  routes('GET', '/servicePrincipals/:id/appRoleAssignedTo', applications, (call) => {
    const { id } = subject(call).props;
    const entities = call.ctx.tenant.holdings.appUsers(String(id)).map(assignedToRetrieval);
    return page(call, { context: 'appRoleAssignments', entities });
  });
  routes('GET', '/servicePrincipals/:id/owners', applications, (call) => {
    const entities = usersByIds(
      call.ctx,
      call.ctx.tenant.holdings.ownersOfApp(String(subject(call).props.id)),
    );
    return page(call, { context: 'directoryObjects', entities, directory: true, typed: true });
  });
}

function principals(ctx: PracticeContext): readonly Entity[] {
  const bot = principal(servicePrincipalId, appId, 'Latchkey', { appRoles: [], oauth2PermissionScopes: [] });
  const graph = principal(graphPrincipalId, graphAppId, 'Microsoft Graph', {
    // Only what the bot holds: enough to put names to the grants, without the thousand others.
    appRoles: ctx.tenant.consents
      .application()
      .map((value) => ({ id: roleId(value), value, isEnabled: true })),
    oauth2PermissionScopes: scopesFor(ctx, 'graph').map(scopeNamed),
  });
  const azure = principal(azurePrincipalId, azureApp.id, azureApp.name, {
    appRoles: [],
    oauth2PermissionScopes: [scopeNamed('user_impersonation')],
  });
  const { id, appId: app, displayName, roleId: role, roleName: value } = retrievalApp;
  const appRoles = [{ id: role, value, isEnabled: true }];
  return [bot, graph, azure, principal(id, app, displayName, { appRoles, oauth2PermissionScopes: [] })];
}

function principal(id: string, app: string, displayName: string, more: Record<string, unknown>): Entity {
  const base = { id, appId: app, displayName, appDisplayName: displayName, accountEnabled: true };
  return { type: 'servicePrincipal', props: { ...base, servicePrincipalType: 'Application', ...more } };
}

function subject(call: Call): Entity {
  const { id } = call.req.params;
  return principals(call.ctx).find(({ props }) => props.id === id?.toLowerCase()) ?? noSuchResource(id);
}

/** One for each resource that anything was agreed to for. */
function delegatedGrants(ctx: PracticeContext): Entity[] {
  const grants = [
    grantFor(graphPrincipalId, scopesFor(ctx, 'graph')),
    grantFor(azurePrincipalId, scopesFor(ctx, 'azure')),
  ];
  return grants.filter(({ props }) => props.scope !== '');
}

function grantFor(resourceId: string, scopes: readonly string[]): Entity {
  const ids = { clientId: servicePrincipalId, principalId: null, resourceId };
  const id = stableId(`admin consent of the bot on ${resourceId}`);
  return {
    type: 'oAuth2PermissionGrant',
    props: { id, consentType: 'AllPrincipals', ...ids, scope: scopes.join(' ') },
  };
}

/** By the names that the resource itself has for them. */
function scopesFor({ tenant }: PracticeContext, resource: 'graph' | 'azure'): readonly string[] {
  return tenant.consents
    .forEverybody()
    .filter((name) => name.startsWith(azureAudience) === (resource === 'azure'))
    .map((name) => name.replace(azureAudience, ''));
}

function scopeNamed(value: string): Readonly<Record<string, unknown>> {
  return { id: stableId(`scope ${value}`), value, isEnabled: true };
}

function roleAssignments({ tenant }: PracticeContext): Entity[] {
  return tenant.consents.application().map((value) => ({
    type: 'appRoleAssignment',
    props: {
      id: stableId(`assignment of ${value}`),
      appRoleId: roleId(value),
      createdDateTime: '2024-01-22T10:00:00Z',
      deletedDateTime: null,
      principalDisplayName: 'Latchkey',
      principalId: servicePrincipalId,
      principalType: 'ServicePrincipal',
      resourceDisplayName: 'Microsoft Graph',
      resourceId: graphPrincipalId,
    },
  }));
}

function assignedToRetrieval(personId: string): Entity {
  return {
    type: 'appRoleAssignment',
    props: {
      id: stableId(`${personId} may use the retrieval connector`),
      appRoleId: retrievalApp.roleId,
      createdDateTime: '2024-07-01T10:00:00Z',
      deletedDateTime: null,
      principalDisplayName: directoryPerson(personId)?.displayName ?? null,
      principalId: personId,
      principalType: 'User',
      resourceDisplayName: retrievalApp.displayName,
      resourceId: retrievalApp.id,
    },
  };
}

function roleId(value: string): string {
  return stableId(`app role ${value}`);
}
