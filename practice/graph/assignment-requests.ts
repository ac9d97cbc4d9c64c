import { cancelRequest } from '../world/decide-request.js';
import type { RequestRecord } from '../world/entitlement-records.js';
import { fileRequest, unauthorized } from '../world/new-request.js';
import { ownsCatalog } from '../world/packages.js';
import type { Person } from '../world/people.js';
import { reprocessRequest } from '../world/reprocess.js';
import { directoryPerson } from '../world/reviewed-people.js';
import { entitlement as access } from './access.js';
import type { Call, Operation, Routes } from './call.js';
import { type Caller, personOf } from './caller.js';
import { requestEntity } from './entitlement-views.js';
import { one, page } from './odata-page.js';
import { em, missing, unknownOption } from './packages.js';
import { newRequest } from './request-input.js';

const context = 'identityGovernance/entitlementManagement/assignmentRequests';

export function assignmentRequestRoutes(routes: Routes): void {
  const base = `${em}/assignmentRequests`;
  routes('POST', base, access.submit, submit);
  routes('GET', base, access.read, (call) => {
    mustOwnCatalog(call.caller);
    return requestPage(call, () => true);
  });
  routes('GET', `${base}/filterByCurrentUser(on=':on')`, access.own, mine);
  routes('GET', `${base}/:id`, access.read, (call) =>
    one(call, context, requestEntity(call.ctx, subject(call))),
  );
  routes('POST', `${base}/:id/cancel`, access.cancel, (call) => {
    cancelRequest(call.ctx.tenant.entitlement, personOf(call.caller), call.req.params.id ?? '');
    return { status: 204 };
  });
  routes('POST', `${base}/:id/reprocess`, access.write, (call) => {
    mustOwnCatalog(call.caller);
    reprocessRequest(call.ctx.tenant.entitlement, subject(call).id);
    return { status: 202 };
  });
}

const submit: Operation = (call) => {
  const request = fileRequest(call.ctx.tenant, personOf(call.caller), newRequest(call.req.body));
  const entity = requestEntity(call.ctx, request);
  // The first answer comes before the service has dated the request.
  return {
    ...one(call, context, { ...entity, props: { ...entity.props, createdDateTime: null } }),
    status: 201,
  };
};

const mine: Operation = (call) => {
  const person = personOf(call.caller);
  const belongs = belonging[call.req.params.on ?? ''] ?? unknownOption(call);
  return requestPage(call, (request) => belongs(request, person));
};

const belonging: Readonly<Record<string, (request: RequestRecord, person: Person) => boolean>> = {
  target: (request, person) => request.targetId === person.id,
  createdBy: (request, person) => request.requestorId === person.id,
  approver: isApprover,
  requestForOthers: ({ requestorId, targetId }, person) =>
    requestorId === person.id && targetId !== person.id,
  targetManager: ({ targetId }, person) => directoryPerson(targetId)?.managerKey === person.key,
  targetOrRequestor: (request, person) => [request.targetId, request.requestorId].includes(person.id),
};

export function isApprover(request: RequestRecord, person: Person): boolean {
  return request.stages.some(({ approverIds }) => approverIds.includes(person.id));
}

/** Everything of everybody: for those who look after the catalog, and for the app. */
export function mustOwnCatalog(caller: Caller): void {
  if (caller.kind === 'user' && !ownsCatalog(caller.person)) unauthorized();
}

/** Whoever takes part in a request may read it; the bot itself and the owners of the catalog read all. */
function mayRead(caller: Caller, request: RequestRecord): boolean {
  if (caller.kind === 'app' || ownsCatalog(caller.person)) return true;
  const { person } = caller;
  return [request.targetId, request.requestorId].includes(person.id) || isApprover(request, person);
}

export function subject(call: Call): RequestRecord {
  const request = call.ctx.tenant.entitlement.request(call.req.params.id ?? '') ?? missing('request');
  return mayRead(call.caller, request) ? request : unauthorized();
}

function requestPage(call: Call, belongs: (request: RequestRecord) => boolean): ReturnType<typeof page> {
  const found = call.ctx.tenant.entitlement.requests().filter(belongs);
  return page(call, { context, entities: found.map((request) => requestEntity(call.ctx, request)) });
}
