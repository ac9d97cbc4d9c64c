import { z } from 'zod/v4';
import { approvalStages, decideApprovalStage, requestById } from '../../../graph/entitlement.js';
import type { GraphAs } from '../../../graph/graph.js';
import { enqueue } from '../../../jobs/enqueue.js';
import { effect } from '../../effect.js';
import { decidedCard } from '../cards/decided-card.js';
import { saysOf } from '../errors.js';
import { pendingCard, readPending } from './pending.js';
import type { DecideArgs } from './rules.js';
import { nobody, verdictOfRequest, verdictOfStage } from './verdict.js';

const args: z.ZodType<DecideArgs> = z.object({
  requestId: z.string(),
  stageId: z.string(),
  verdict: z.enum(['Approve', 'Deny']),
  comment: z.string(),
  packageName: z.string(),
  requesterName: z.string(),
  reason: z.string(),
});

/** After a crash, without the approver's token, only the consequence can be read: then the names are empty. */
export const decideReceipt = z.object({
  state: z.enum(['approved', 'denied']),
  byId: z.string(),
  byName: z.string(),
  at: z.string(),
  comment: z.string(),
});

export const decideEffect = effect({
  name: 'packages.decide',
  args,
  receipt: decideReceipt,
  key: (asked) => ({ item: `assignmentRequest:${asked.requestId}`, stage: asked.stageId, action: 'decide' }),
  act: (graph, asked) =>
    decideApprovalStage(graph, {
      approvalId: asked.requestId,
      stageId: asked.stageId,
      result: asked.verdict,
      justification: asked.comment,
      landed: async () => (await stageReceipt(graph, asked)) !== undefined,
    }),
  recorded: stageReceipt,
  async healed(reader, asked) {
    const request = await requestById(reader, asked.requestId);
    const verdict = verdictOfRequest(request);
    return verdict?.state === 'approved' || verdict?.state === 'denied'
      ? { ...verdict, state: verdict.state }
      : undefined;
  },
  async settled(tx, services, { args: asked }) {
    await enqueue(tx, services.clock, {
      kind: 'packages.follow',
      key: `packages.follow:${asked.requestId}`,
      payload: { request: asked.requestId, look: 0 },
    });
  },
  working: ({ tenantId }, asked, viewer) =>
    decidedCard(tenantId, asked, { ...nobody, state: 'working' }, viewer),
  done: ({ tenantId }, asked, receipt, viewer) => decidedCard(tenantId, asked, receipt, viewer),
  async notDone(services, asked, claim) {
    const reader = services.graph.reader(claim.reference);
    const request = await requestById(reader, asked.requestId);
    const verdict = verdictOfRequest(request);
    const viewer = { id: claim.actor_id, reference: claim.reference };
    // It ended another way meanwhile (cancelled, expired): there is nothing left to press.
    if (verdict !== undefined) return decidedCard(services.tenantId, asked, verdict, viewer);
    const { says, next } = saysOf('packages.not-recorded');
    const to = { ref: claim.card_ref, person: claim.actor_id, problem: `${says} ${next}` };
    return pendingCard(services, await readPending(services, request), to);
  },
});

/** A decision that Entra shows on the stage, whoever made it: the card tells the truth even when somebody was faster. */
async function stageReceipt(graph: GraphAs, asked: DecideArgs) {
  const stages = await approvalStages(graph, asked.requestId);
  const verdict = verdictOfStage(stages.find(({ id }) => id === asked.stageId));
  return verdict?.state === 'approved' || verdict?.state === 'denied'
    ? { ...verdict, state: verdict.state }
    : undefined;
}
