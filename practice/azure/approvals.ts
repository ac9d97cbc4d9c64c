import { z } from 'zod/v4';
import type { PimRequest } from '../world/pim/records.js';
import { refuse } from '../world/refusal.js';
import { type ArmCall, type ArmRoutes, badArmRequest, forbidden } from './arm-call.js';
import { stageView } from './arm-views.js';

const versions = ['2021-01-01-preview'];
const base = '/roleassignmentapprovals/:id';

const decision = z.object({ reviewResult: z.string(), justification: z.string().nullish() });
// Both envelopes are in use, and the documentation does not say which one counts.
const shape = z.union([
  decision,
  z.object({ properties: decision }).transform(({ properties }) => properties),
]);

/** Where approvers decide. An approval has the id of its request, and one stage. */
export function approvalRoutes(on: ArmRoutes): void {
  on('GET', `${base}/stages`, versions, (call) => {
    const found = subject(call);
    return { status: 200, body: { value: [view(call, found)] } };
  });
  on('GET', `${base}/stages/:stage`, versions, (call) => {
    return { status: 200, body: view(call, staged(call)) };
  });
  for (const method of ['PATCH', 'PUT'])
    on(method, `${base}/stages/:stage`, versions, (call) => {
      const found = staged(call);
      decide(call, found);
      return { status: 200, body: view(call, subject(call)) };
    });
}

function decide({ ctx, req, asker }: ArmCall, { id: requestId, step }: PimRequest): void {
  const { result, justification } = wanted(req.body);
  const decided = { kind: 'azure', requestId, stepId: step?.id ?? '', result, justification } as const;
  ctx.tenant.pim.decide(asker.person, decided);
}

function wanted(body: unknown): { readonly result: 'Approved' | 'Denied'; readonly justification: string } {
  const parsed = shape.safeParse(body);
  if (!parsed.success) return badArmRequest('The request content was invalid and could not be deserialized.');
  const { reviewResult, justification } = parsed.data;
  const result = results.get(reviewResult.toLowerCase());
  if (!result) return badArmRequest(`'${reviewResult}' is no result of a review.`);
  return { result, justification: justification ?? '' };
}

const results = new Map([
  ['approve', 'Approved' as const],
  ['deny', 'Denied' as const],
]);

function subject(call: ArmCall): PimRequest {
  const { pim } = call.ctx.tenant;
  const found = pim.request('azure', call.req.params.id ?? '');
  if (!found?.step) return refuse(404, 'RoleAssignmentApprovalNotFound', 'The approval was not found.');
  const { person } = call.asker;
  if (found.principalId !== person.id && !pim.mayDecide(person.id, found))
    forbidden(call.asker, 'roleAssignmentApprovals/read', call.scope);
  return found;
}

function staged(call: ArmCall): PimRequest {
  const found = subject(call);
  if (found.step?.id === call.req.params.stage) return found;
  return refuse(404, 'RoleAssignmentApprovalStageNotFound', 'The stage was not found.');
}

function view(call: ArmCall, found: PimRequest): unknown {
  return stageView(call.ctx, found, call.asker.person.id);
}
