import { z } from 'zod/v4';
import { isAppError } from '../../base/errors.js';
import type { Card } from '../../cards/card.js';
import { approvalStages, decideApprovalStage, requestById } from '../../graph/entitlement.js';
import type { GraphAs } from '../../graph/graph.js';
import { enqueue } from '../../jobs/enqueue.js';
import { carryOut } from '../carry-out.js';
import { effect } from '../effect.js';
import type { Outcome } from '../flow.js';
import { knownCard } from '../known-card.js';
import { refused } from '../refused.js';
import type { Turn } from '../turn.js';
import { saysOf } from './errors.js';
import { type DecideReading, readDecideFacts } from './facts.js';
import { pendingCard, readPending } from './pending-card.js';
import { type DecideArgs, decideStage } from './rules.js';
import { aboutOf, nobody, verdictOfRequest, verdictOfStage } from './verdict.js';
import { decidedCard } from './views.js';

/** What approve and deny share: they are one decision with two answers, and only one of them can win. */
export async function decide(
  turn: Turn,
  verb: 'packages.approve' | 'packages.deny',
  input: { readonly ref: string; readonly comment: string },
): Promise<Outcome> {
  const row = await knownCard(turn, input.ref, ['packages.decide']);
  const reading = await readDecideFacts(turn, row, input.comment.trim());
  const decision = decideStage(verb, reading.facts);
  if (decision.kind === 'refuse') return turnedAway(turn, input.ref, reading, decision);
  try {
    return await carryOut(turn, decision, decideEffect, input.ref);
  } catch (error) {
    // Somebody decided between our look and our write (409), or took the right away (403): show how it stands now.
    if (!isAppError(error) || !['graph.conflict', 'graph.forbidden'].includes(error.code)) throw error;
    const now = await readDecideFacts(turn, row, input.comment.trim());
    const after = decideStage(verb, now.facts);
    if (after.kind === 'permit') throw error;
    return turnedAway(turn, input.ref, now, after);
  }
}

async function turnedAway(
  turn: Turn,
  ref: string,
  reading: DecideReading,
  { code, basis }: { readonly code: string; readonly basis: readonly string[] },
): Promise<Outcome> {
  const why = { code, basis, says: saysOf(code) };
  return refused(turn, ref, why, async () => {
    const card = await cardFor(turn, ref, reading, code);
    return card && { kind: 'card', card, ref };
  });
}

async function cardFor(
  turn: Turn,
  ref: string,
  { decided, request }: DecideReading,
  code: string,
): Promise<Card | undefined> {
  const person = turn.actor.objectId;
  if (code === 'packages.comment') {
    const pending = await readPending(turn.services, request);
    return pendingCard(turn.services, pending, { ref, person, problem: saysOf(code).says });
  }
  if (code !== 'packages.settled') return undefined;
  const verdict = verdictOfStage(decided) ?? verdictOfRequest(request) ?? { ...nobody, state: 'closed' };
  const viewer = { id: person, reference: turn.reference };
  return decidedCard(turn.services.tenantId, aboutOf(request), verdict, viewer);
}

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
