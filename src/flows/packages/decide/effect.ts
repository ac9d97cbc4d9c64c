import { z } from 'zod/v4';
import {
  approvalStages,
  decideApprovalStage,
  entitlementRowsSince,
  policyOf,
  requestById,
} from '../../../graph/entitlement.js';
import type { GraphAs, GraphReader } from '../../../graph/graph.js';
import type { ClaimRow } from '../../../store/schema.js';
import { type EffectOf, effect } from '../../effect.js';
import { pendingCard } from '../cards/decide-card.js';
import { decidedCard } from '../cards/decided-card.js';
import { decisionsIn, logHidesFor } from '../follow/decisions-in-log.js';
import { followSoon } from '../follow/follow-job.js';
import { stageAt } from '../follow/open-stage.js';
import { itemOf } from '../follow/request-cards.js';
import { learnStages, type Seen, type StageSeen, seenOf } from '../seen.js';
import { problemOf } from '../status/problem-of.js';
import { asksAgain } from './card-stage.js';
import { readPending } from './pending.js';
import type { DecideArgs } from './rules.js';
import { nobody, stageSeen, type Verdict, verdictOfRequest, verdictOfStage } from './verdict.js';

const args: z.ZodType<DecideArgs> = z.object({
  requestId: z.string(),
  stageId: z.string(),
  stage: z.number(),
  stages: z.number(),
  verdict: z.enum(['Approve', 'Deny']),
  comment: z.string(),
  packageName: z.string(),
  requesterName: z.string(),
  reason: z.string(),
  askedAt: z.string(),
});

/** After a crash, without the approver's token, only the consequence may be readable: then the names are empty. */
const receipt = z.object({
  state: z.enum(['approved', 'denied']),
  byId: z.string(),
  byName: z.string(),
  at: z.string(),
  comment: z.string(),
});

type Receipt = z.infer<typeof receipt>;

/** Exactly the stage that was looked at, and no other: its id is in the key. */
const deciding: Omit<EffectOf<DecideArgs, Receipt>, 'name' | 'healed'> = {
  args,
  receipt,
  seenByAll: true,
  key: (asked) => ({ item: itemOf(asked.requestId), stage: asked.stageId, action: 'decide' }),
  act: (graph, asked) =>
    decideApprovalStage(graph, {
      approvalId: asked.requestId,
      stageId: asked.stageId,
      result: asked.verdict,
      justification: asked.comment,
      landed: async () => (await stageReceipt(graph, asked)) !== undefined,
    }),
  recorded: stageReceipt,
  async settled(tx, services, { args: asked, receipt: told }) {
    await learnStages(tx, services, asked.requestId, [seenFrom(told)], asked.stage);
    await followSoon(tx, services.clock, asked.requestId);
  },
  working: ({ tenantId }, asked, viewer) =>
    decidedCard(tenantId, asked, { ...nobody, state: 'working' }, viewer),
  done: ({ tenantId }, asked, told, viewer) => decidedCard(tenantId, asked, verdictIn(asked, told), viewer),
  async notDone(services, asked, claim) {
    const reader = services.graph.reader(claim.reference);
    const request = await requestById(reader, asked.requestId);
    const policy = await policyOf(reader, request);
    const seen = await seenOf(services, asked.requestId);
    const verdict = verdictOfRequest(request) ?? verdictOfStage(seen.stages, asked.stage, asked.stages);
    const viewer = { id: claim.actor_id, reference: claim.reference };
    const stage = stageAt(policy, asked.stage, sinceOf(seen, asked), services.clock.now().getTime());
    // It ended another way meanwhile (cancelled, expired): there is nothing left to press.
    if (verdict !== undefined || stage === undefined) {
      return decidedCard(services.tenantId, asked, verdict ?? { ...nobody, state: 'closed' }, viewer);
    }
    const earlier = seen.stages.slice(0, asked.stage);
    const pending = await readPending(services, request, { policy, stage, earlier });
    const { card_ref: ref, actor_id: person } = claim;
    return pendingCard(services, pending, {
      ref,
      person,
      mri: '',
      problem: problemOf('packages.not-recorded'),
      again: await asksAgain(services.store.db, ref),
    });
  },
};

/** What follows from the last stage shows on the request, which the bot reads with its own token. */
export const decideEffect = effect({
  ...deciding,
  name: 'packages.decide',
  async healed(reader, asked) {
    return receiptOf(verdictOfRequest(await requestById(reader, asked.requestId)));
  },
});

/** An earlier stage leaves no trace on the request: only the audit log tells the bot of it, and later. */
export const passEffect = effect({
  ...deciding,
  name: 'packages.pass',
  hiddenFor: logHidesFor,
  healed: heardReceipt,
});

export function effectFor({ stage, stages }: DecideArgs) {
  return stage + 1 < stages ? passEffect : decideEffect;
}

/** A decision that Entra shows on the stage, whoever made it: the card tells the truth even when somebody was faster. */
async function stageReceipt(graph: GraphAs, asked: DecideArgs): Promise<Receipt | undefined> {
  const stages = await approvalStages(graph, asked.requestId);
  const seen = stageSeen(stages.find(({ id }) => id === asked.stageId));
  return seen && receiptFrom(seen);
}

async function heardReceipt(
  reader: GraphReader,
  asked: DecideArgs,
  claim: ClaimRow,
): Promise<Receipt | undefined> {
  const since = new Date(Date.parse(asked.askedAt) || claim.created_at);
  for await (const rows of entitlementRowsSince(reader, since)) {
    // The stages before it were decided before it was claimed.
    const decisions = decisionsIn(rows).get(asked.requestId) ?? [];
    const told = decisions.find(({ at }) => Date.parse(at) >= claim.created_at - clocksDiffer);
    if (told !== undefined) return receiptFrom(told);
  }
  const ended = receiptOf(verdictOfRequest(await requestById(reader, asked.requestId)));
  // Denied may also mean: at a later stage.
  return ended?.state === 'approved' ? ended : undefined;
}

const clocksDiffer = 5_000;

function receiptFrom({ result: state, ...by }: StageSeen): Receipt {
  return { state, ...by };
}

function receiptOf(verdict: Verdict | undefined): Receipt | undefined {
  return verdict?.state === 'approved' || verdict?.state === 'denied'
    ? { ...verdict, state: verdict.state }
    : undefined;
}

function seenFrom({ state: result, ...by }: Receipt): StageSeen {
  return { result, ...by };
}

function verdictIn({ stage, stages }: DecideArgs, { state, ...by }: Receipt): Verdict {
  return { ...by, state: state === 'approved' && stage + 1 < stages ? 'passed' : state };
}

function sinceOf({ stages, stageSince }: Seen, { stage, askedAt }: DecideArgs): number {
  return stages.length === stage && stageSince > 0 ? stageSince : Date.parse(askedAt) || 0;
}
