import type { AssignmentRecord } from '../world/entitlement-records.js';
import { unauthorized } from '../world/new-request.js';
import { ownsCatalog } from '../world/packages.js';
import type { Person } from '../world/people.js';
import { reprocessAssignment } from '../world/reprocess.js';
import { directoryPerson } from '../world/reviewed-people.js';
import { entitlement as access } from './access.js';
import { mustOwnCatalog } from './assignment-requests.js';
import type { Call, Routes } from './call.js';
import { type Caller, personOf } from './caller.js';
import { assignmentEntity } from './entitlement-views.js';
import { one, page } from './odata-page.js';
import { em, missing, unknownOption } from './packages.js';

const context = 'identityGovernance/entitlementManagement/assignments';

export function assignmentRoutes(routes: Routes): void {
  const base = `${em}/assignments`;
  routes('GET', base, access.read, (call) => {
    mustOwnCatalog(call.caller);
    return assignmentPage(call, () => true);
  });
  routes('GET', `${base}/filterByCurrentUser(on=':on')`, access.own, (call) => {
    const person = personOf(call.caller);
    const belongs = belonging[call.req.params.on ?? ''] ?? unknownOption(call);
    const asked = madeBy(call, person);
    return assignmentPage(call, (found) => belongs(found, person, asked));
  });
  routes('GET', `${base}/:id`, access.read, (call) =>
    one(call, context, assignmentEntity(call.ctx, subject(call))),
  );
  routes('POST', `${base}/:id/reprocess`, access.write, (call) => {
    mustOwnCatalog(call.caller);
    reprocessAssignment(subject(call));
    return { status: 202 };
  });
}

type Belongs = (found: AssignmentRecord, person: Person, asked: ReadonlySet<string>) => boolean;

const belonging: Readonly<Record<string, Belongs>> = {
  target: ({ targetId }, person) => targetId === person.id,
  createdBy: ({ id }, _, asked) => asked.has(id),
  targetManager: ({ targetId }, person) => directoryPerson(targetId)?.managerKey === person.key,
};

/** The assignments that came of this person's requests. */
function madeBy(call: Call, person: Person): ReadonlySet<string> {
  const made = call.ctx.tenant.entitlement.requests().filter(({ requestorId }) => requestorId === person.id);
  return new Set(made.flatMap(({ assignmentId }) => assignmentId ?? []));
}

function mayRead(caller: Caller, { targetId }: AssignmentRecord): boolean {
  return caller.kind === 'app' || caller.person.id === targetId || ownsCatalog(caller.person);
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
