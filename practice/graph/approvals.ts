import { z } from 'zod/v4';
import { decideStage } from '../world/decide-request.js';
import type { RequestRecord, StageRecord } from '../world/entitlement-records.js';
import type { Person } from '../world/people.js';
import { entitlement as access } from './access.js';
import { isApprover, subject } from './assignment-requests.js';
import type { Call, Operation, Routes, Version } from './call.js';
import { personOf } from './caller.js';
import { approvalEntity, stageEntity } from './entitlement-views.js';
import { one, page } from './odata-page.js';
import { badRequest } from './odata-query.js';
import { em, missing, unknownOption } from './packages.js';

const context = 'identityGovernance/entitlementManagement/accessPackageAssignmentApprovals';

/** An approval has the id of its request. Its parts are called stages in v1.0 and steps in beta. */
export function approvalRoutes(routes: Routes, version: Version): void {
  const base = `${em}/accessPackageAssignmentApprovals`;
  const parts = version === 'beta' ? 'steps' : 'stages';
  // Even reading one's own pending approvals takes the write scope.
  routes('GET', `${base}/filterByCurrentUser(on=':on')`, access.decide, mine);
  routes('GET', `${base}/:id`, access.readApproval, (call) =>
    one(call, context, approvalEntity(approvalOf(call), personOf(call.caller), version)),
  );
  routes('GET', `${base}/:id/${parts}`, access.readApproval, (call) => {
    const request = approvalOf(call);
    const entities = request.stages.map((stage) => stageEntity(request, stage, personOf(call.caller)));
    return page(call, { context: `${context}('${request.id}')/${parts}`, entities });
  });
  routes('GET', `${base}/:id/${parts}/:stage`, access.readApproval, (call) => {
    const request = approvalOf(call);
    const entity = stageEntity(request, stageOf(call, request), personOf(call.caller));
    return one(call, `${context}('${request.id}')/${parts}`, entity);
  });
  routes('PATCH', `${base}/:id/${parts}/:stage`, access.decide, decide);
}

const mine: Operation = (call) => {
  const person = personOf(call.caller);
  const belongs = belonging[call.req.params.on ?? ''] ?? unknownOption(call);
  const found = call.ctx.tenant.entitlement.requests().filter((request) => belongs(request, person));
  return page(call, {
    context,
    entities: found.map((request) => approvalEntity(request, person, call.version)),
  });
};

// There is an approval only once a stage has been opened.
const belonging: Readonly<Record<string, (request: RequestRecord, person: Person) => boolean>> = {
  approver: isApprover,
  target: ({ stages, targetId }, person) => stages.length > 0 && targetId === person.id,
  createdBy: ({ stages, requestorId }, person) => stages.length > 0 && requestorId === person.id,
};

const decision = z.object({
  reviewResult: z.string(),
  justification: z.string().nullish(),
});

const decide: Operation = (call) => {
  const person = personOf(call.caller);
  const input = decision.safeParse(call.req.body);
  // Written as Approve and Deny, read back as Approved and Denied.
  const result = results.get(input.data?.reviewResult.toLowerCase() ?? '');
  if (!input.success || !result) return badRequest("reviewResult must be 'Approve' or 'Deny'.");
  decideStage(call.ctx.tenant.entitlement, person, {
    requestId: call.req.params.id ?? '',
    stageId: call.req.params.stage ?? '',
    result,
    justification: input.data.justification ?? '',
  });
  return { status: 204 };
};

const results = new Map<string, 'Approved' | 'Denied'>([
  ['approve', 'Approved'],
  ['deny', 'Denied'],
]);

function approvalOf(call: Call): RequestRecord {
  const request = subject(call);
  return request.stages.length > 0 ? request : missing('approval');
}

function stageOf(call: Call, request: RequestRecord): StageRecord {
  const id = call.req.params.stage?.toLowerCase();
  return request.stages.find((stage) => stage.id === id) ?? missing('approval stage');
}
