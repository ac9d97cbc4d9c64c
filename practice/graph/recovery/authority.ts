import type { AuditActor } from '../../world/audits.js';
import { appId, type Person } from '../../world/people.js';
import { refuseMethod } from '../../world/recovery/outcome.js';
import { privilegesOf } from '../../world/recovery/privilege.js';
import { home } from '../../world/recovery/sign-in-log.js';
import type { Tenant } from '../../world/tenant.js';
import type { Call } from '../call.js';
import { type Access, denied } from '../caller.js';

const globalReader = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451';
const authenticationAdministrator = 'c4e39bd9-1100-46d3-8c65-fb160da0071f';
/** Privileged Authentication Administrator and Global Administrator: over everybody. */
const overEverybody = ['7be44c8a-adaf-4e2a-84d6-ab2649e08a13', '62e90394-69f5-4237-9190-012177145e10'];

/** Whether a role of the caller, as of now, reaches this person. */
export function mayManage(tenant: Tenant, callerId: string, personId: string): boolean {
  const holds = (roleId: string): boolean => tenant.holdings.hasRole(roleId, callerId);
  if (overEverybody.some(holds)) return true;
  return holds(authenticationAdministrator) && privilegesOf(tenant, personId).length === 0;
}

/** Reading and changing the methods of others: the wide scope, and a role. One's own take neither. */
export function mustReach(call: Call, person: Person, access: Access, doing: 'read' | 'write'): void {
  const { caller, ctx } = call;
  if (caller.kind === 'app' || caller.person.id === person.id) return;
  const wide = caller.scopes.some((scope) => scope.endsWith('.All') && access.delegated.includes(scope));
  const reads = doing === 'read' && ctx.tenant.holdings.hasRole(globalReader, caller.person.id);
  if (!wide || !(reads || mayManage(ctx.tenant, caller.person.id, person.id))) noAuthority();
}

/** A pass is for others only, whatever roles the caller has. */
export function mustIssue(call: Call, person: Person, access: Access): void {
  if (call.caller.kind === 'user' && call.caller.person.id === person.id) noAuthority();
  mustReach(call, person, access, 'write');
}

export function mustRevoke({ caller, ctx }: Call, person: Person): void {
  if (caller.kind === 'app' || caller.person.id === person.id) return;
  if (!mayManage(ctx.tenant, caller.person.id, person.id)) denied();
}

/** Who the audit log says it was. */
export function doer({ caller }: Call): AuditActor {
  if (caller.kind === 'app') return { kind: 'app', id: appId, name: 'Latchkey' };
  return actorOf(caller.person);
}

export function actorOf(
  { id, displayName: name, userPrincipalName }: Person,
  ip: string = home.ip,
): AuditActor {
  return { kind: 'user', id, name, userPrincipalName, ip };
}

function noAuthority(): never {
  return refuseMethod(403, 'accessDenied', 'Request Authorization failed');
}
