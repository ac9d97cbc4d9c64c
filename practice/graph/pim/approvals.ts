import { z } from 'zod/v4';
import type { PimRequest } from '../../world/pim/records.js';
import type { Call, Routes, Version } from '../call.js';
import { denied, personOf } from '../caller.js';
import type { Entity } from '../entity.js';
import { one, page } from '../odata-page.js';
import { badRequest } from '../odata-query.js';
import { readsEverybody } from './authority.js';
import { notFound } from './refusals.js';
import { approvalEntity, stepEntity } from './request-views.js';
import type { Words } from './words.js';

/** Its parts are called stages in v1.0 and steps in beta; approvals of directory roles are in beta alone. */
export function approvalRoutes(routes: Routes, words: Words, version: Version): void {
  const { access, names } = words;
  const base = `${words.base}/${names.approvals}`;
  const context = base.slice(1);
  const parts = version === 'beta' ? 'steps' : 'stages';
  routes('GET', `${base}/filterByCurrentUser(on=':on')`, access.readApproval, (call) => {
    const { id } = personOf(call.caller);
    if (call.req.params.on !== 'approver') badRequest(`Unknown option '${call.req.params.on}'.`);
    const { pim } = call.ctx.tenant;
    const mine = pim
      .state()
      .requests.filter((each) => each.target.kind === words.kind && each.step && pim.mayDecide(id, each));
    const entities = mine.map((each) => approvalEntity(call.ctx, each, id, version));
    return page(call, { context, entities });
  });
  routes('GET', `${base}/:id`, access.readApproval, (call) =>
    one(call, context, approvalEntity(call.ctx, approvalOf(call, words), personOf(call.caller).id, version)),
  );
  routes('GET', `${base}/:id/${parts}`, access.readApproval, (call) => {
    const entities = [partOf(call, approvalOf(call, words))];
    return page(call, { context: `${context}('${call.req.params.id}')/${parts}`, entities });
  });
  routes('GET', `${base}/:id/${parts}/:part`, access.readApproval, (call) => {
    const found = partOf(call, approvalOf(call, words));
    if (found.props.id !== call.req.params.part?.toLowerCase()) notFound(call.req.params.part);
    return one(call, `${context}('${call.req.params.id}')/${parts}`, found);
  });
  routes('PATCH', `${base}/:id/${parts}/:part`, access.decide, (call) => decide(call, words));
}

const decision = z.object({ reviewResult: z.string(), justification: z.string().nullish() });

// Written as Approve and Deny, read back as Approved and Denied.
const results = new Map<string, 'Approved' | 'Denied'>([
  ['approve', 'Approved'],
  ['deny', 'Denied'],
]);

function decide(call: Call, { kind }: Words): { status: number } {
  const input = decision.safeParse(call.req.body);
  const result = results.get(input.data?.reviewResult.toLowerCase() ?? '');
  if (!input.success || !result) return badRequest("reviewResult must be 'Approve' or 'Deny'.");
  call.ctx.tenant.pim.decide(personOf(call.caller), {
    kind,
    requestId: call.req.params.id ?? '',
    stepId: call.req.params.part ?? '',
    result,
    justification: input.data.justification ?? '',
  });
  return { status: 204 };
}

// The asker is no approver, so their own approval stays closed to them.
function approvalOf(call: Call, { kind }: Words): PimRequest {
  const { pim } = call.ctx.tenant;
  const { id } = personOf(call.caller);
  const found = pim.request(kind, call.req.params.id ?? '');
  if (!found?.step) return notFound(call.req.params.id);
  const decidedIt = found.step.reviewedById === id;
  return decidedIt || pim.mayDecide(id, found) || readsEverybody(call) ? found : denied();
}

function partOf(call: Call, request: PimRequest): Entity {
  return stepEntity(call.ctx, request, personOf(call.caller).id) ?? notFound(request.id);
}
