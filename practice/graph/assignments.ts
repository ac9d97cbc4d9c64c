import type { AssignmentRecord } from '../world/entitlement-records.js';
import { unauthorized } from '../world/new-request.js';
import { refuse } from '../world/refusal.js';
import { entitlement as access } from './access.js';
import type { Call, Routes } from './call.js';
import { type Caller, personOf } from './caller.js';
import { assignmentEntity } from './entitlement-views.js';
import { one, page } from './odata-page.js';
import { em, missing, unknownOption } from './packages.js';

const context = 'identityGovernance/entitlementManagement/assignments';

export function assignmentRoutes(routes: Routes): void {
  const base = `${em}/assignments`;
  routes('GET', base, access.read, (call) => assignmentPage(call, (found) => mayRead(call.caller, found)));
  routes('GET', `${base}/filterByCurrentUser(on=':on')`, access.own, (call) => {
    const person = personOf(call.caller);
    // Only people themselves ask in this tenant, so the creator of an assignment is its target.
    if (!['target', 'createdBy'].includes(call.req.params.on ?? '')) unknownOption(call);
    return assignmentPage(call, ({ targetId }) => targetId === person.id);
  });
  routes('GET', `${base}/:id`, access.read, (call) =>
    one(call, context, assignmentEntity(call.ctx, subject(call))),
  );
  routes('POST', `${base}/:id/reprocess`, access.write, (call) => {
    const { state } = subject(call);
    if (state === 'delivered') return { status: 202 };
    return refuse(400, 'InvalidRequest', `An assignment in the state ${state} cannot be processed again.`);
  });
}

function mayRead(caller: Caller, { targetId }: AssignmentRecord): boolean {
  return caller.kind === 'app' || caller.person.id === targetId;
}

function subject(call: Call): AssignmentRecord {
  const id = call.req.params.id?.toLowerCase();
  const found = call.ctx.tenant.entitlement.assignments().find((assignment) => assignment.id === id);
  if (!found) return missing('assignment');
  return mayRead(call.caller, found) ? found : unauthorized();
}

function assignmentPage(call: Call, belongs: (found: AssignmentRecord) => boolean): ReturnType<typeof page> {
  const found = call.ctx.tenant.entitlement.assignments().filter(belongs);
  return page(call, { context, entities: found.map((assignment) => assignmentEntity(call.ctx, assignment)) });
}
