import { z } from 'zod/v4';
import type { Card } from '../../../cards/card.js';
import { myRequests, requestsInState, submitRequest } from '../../../graph/entitlement.js';
import { enqueue } from '../../../jobs/enqueue.js';
import { effect, type Viewer } from '../../effect.js';
import { statusCard } from '../cards/status-card.js';
import { saysOf } from '../errors.js';
import { statusLivesMs } from '../status/open-status.js';
import { formCard } from './form-card.js';
import type { AskArgs } from './rules.js';

const args: z.ZodType<AskArgs> = z.object({
  packageId: z.string(),
  packageName: z.string(),
  policyId: z.string(),
  targetId: z.string(),
  reason: z.string(),
  earlier: z.array(z.string()),
  ref: z.string(),
});

/** The open ones first: they are few, and a request that was just made is there. */
const anyState = [
  'submitted',
  'pendingApproval',
  'scheduled',
  'delivering',
  'partiallyDelivered',
  'deliveryFailed',
  'canceled',
  'denied',
  'delivered',
];

const receipt = z.object({ requestId: z.string(), state: z.string(), createdAt: z.string() });

/** A request of this person for this package that Entra did not know before the click. */
function isNew(asked: AskArgs, request: { readonly id: string; readonly packageId: string }): boolean {
  return request.packageId === asked.packageId && !asked.earlier.includes(request.id);
}

export const askEffect = effect({
  name: 'packages.ask',
  args,
  receipt,
  // One request a form; and while one form is being sent, no other form for the same package by the same person.
  key: (asked) => ({
    item: `accessPackage:${asked.packageId}:${asked.targetId}`,
    stage: asked.ref,
    action: 'ask',
  }),
  async act(graph, asked) {
    const find = async () => (await myRequests(graph)).some((request) => isNew(asked, request));
    // The facts were read before the claim; another form may have been sent in between.
    if (await find()) return;
    await submitRequest(graph, {
      packageId: asked.packageId,
      policyId: asked.policyId,
      targetId: asked.targetId,
      justification: asked.reason,
      landed: find,
    });
  },
  async recorded(graph, asked) {
    const request = (await myRequests(graph)).find((each) => isNew(asked, each));
    return request && { requestId: request.id, state: request.state, createdAt: request.createdAt };
  },
  async healed(reader, asked) {
    for (const state of anyState) {
      for await (const page of requestsInState(reader, state)) {
        const request = page.find((each) => each.requestorId === asked.targetId && isNew(asked, each));
        if (request) return { requestId: request.id, state: request.state, createdAt: request.createdAt };
      }
    }
    return undefined;
  },
  async settled(tx, services, { receipt: { requestId }, claim }) {
    await tx
      .updateTable('cards')
      .set({
        kind: 'packages.status',
        item: `assignmentRequest:${requestId}`,
        purpose: `packages.status:${requestId}`,
        expires_at: services.clock.now().getTime() + statusLivesMs,
      })
      .where('ref', '=', claim.card_ref)
      .execute();
    await enqueue(tx, services.clock, {
      kind: 'packages.follow',
      key: `packages.follow:${requestId}`,
      payload: { request: requestId, look: 0 },
    });
  },
  working: ({ tenantId }, asked, viewer) =>
    shown(tenantId, asked, { state: 'working', createdAt: '' }, viewer),
  done: ({ tenantId }, asked, receipt, viewer) => shown(tenantId, asked, receipt, viewer),
  notDone: (services, asked, claim) => {
    const { packageId, policyId, reason } = asked;
    const { says, next } = saysOf('packages.not-sent');
    const problem = `${says} ${next}`;
    return formCard(services, { packageId, policyId, ref: claim.card_ref, reason, problem, others: [] });
  },
});

function shown(
  tenantId: string,
  { packageId, packageName, reason }: AskArgs,
  { state, createdAt }: { readonly state: string; readonly createdAt: string },
  { reference }: Viewer,
): Card {
  const request = { state, packageId, packageName, justification: reason, createdAt };
  return statusCard(tenantId, request, { reference });
}
