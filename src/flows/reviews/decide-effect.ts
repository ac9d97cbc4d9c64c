import { z } from 'zod/v4';
import { shortReference } from '../../base/ids.js';
import type { Card } from '../../cards/card.js';
import {
  type DecisionInfo,
  decideOne,
  decisionById,
  type ReviewPlace,
  resetOne,
} from '../../graph/access-review.js';
import type { GraphReader } from '../../graph/graph.js';
import { enqueue } from '../../jobs/enqueue.js';
import type { ClaimRow } from '../../store/schema.js';
import { effect } from '../effect.js';
import { myAccess } from '../links.js';
import type { HouseServices, Turn } from '../turn.js';
import type { RecordedView } from './cards/person-views.js';
import { claimedPlace, placeIn } from './claimed-place.js';
import { saysOf } from './errors.js';
import { decisionItem } from './facts.js';
import { changePacket, countDecided } from './packets.js';
import type { DecideArgs } from './rules.js';
import { shownText } from './shown.js';
import { followJob } from './sweep/follow-job.js';

const answers = z.enum(['Approve', 'Deny', 'DontKnow', 'NotReviewed']);

const text = z.string();
export const decideArgs: z.ZodType<DecideArgs> = z.object({
  ...claimedPlace,
  itemId: text,
  name: text,
  principalId: text,
  resourceId: text,
  answer: answers,
  reason: text,
  seen: text,
  verb: z.enum(['reviews.keep', 'reviews.remove', 'reviews.unsure', 'reviews.undo']),
  stood: text,
  wasAnswer: text,
  wasReason: text,
});

/** What Entra has recorded, and whose word it is. */
export const decideReceipt = z.object({
  answer: answers,
  name: text,
  reason: text,
  byId: text,
  byName: text,
  at: text,
});

export type DecideReceipt = z.infer<typeof decideReceipt>;

export const decideEffect = effect({
  name: 'reviews.decide',
  args: decideArgs,
  receipt: decideReceipt,
  // On one look at an item only one decision is made, whoever looked: the second is shown what the first one said.
  key: (asked) => ({ item: decisionItem(placeIn(asked), asked.itemId), stage: asked.seen, action: 'decide' }),
  act: (graph, asked) => {
    const { principalId, resourceId, itemId, answer: decision, reason: justification } = asked;
    const landed = async (): Promise<boolean> =>
      (await recordedBy(graph, asked, graph.actor.objectId)) !== undefined;
    return decision === 'NotReviewed'
      ? resetOne(graph, placeIn(asked), { principalId, resourceId, landed })
      : decideOne(graph, placeIn(asked), itemId, { decision, justification, landed });
  },
  recorded: (graph, asked) => recordedBy(graph, asked, graph.actor.objectId),
  healed: (reader, asked, claim) => recordedBy(reader, asked, claim.actor_id),
  async settled(tx, services, { args: asked, claim, healed }) {
    const change = (asked.answer === 'NotReviewed' ? 1 : 0) - (asked.stood === 'NotReviewed' ? 1 : 0);
    await countDecided(tx, asked.instanceId, change);
    // After a crash whoever decided has seen nothing of it, so their card is made anew too.
    const except = healed ? {} : { except: claim.actor_id };
    await enqueue(
      tx,
      services.clock,
      followJob({ instance: asked.instanceId, item: asked.itemId, ...except }),
    );
  },
  working: (services, asked, { id, reference }) =>
    recordedCard(services, asked, { state: 'working', viewer: id, reference }),
  done: (services, asked, receipt, { id, reference }) =>
    recordedCard(services, asked, { state: 'done', receipt, viewer: id, reference }),
  notDone: async (services, asked, claim) => {
    await seesNow(services, asked, claim);
    const { says, next } = saysOf('reviews.not-recorded');
    const problem = `${says} ${next}`;
    return recordedCard(services, asked, {
      state: 'not-done',
      problem,
      viewer: claim.actor_id,
      reference: claim.reference,
    });
  },
});

/** Whoever is told that it was not recorded is told how it stands with it: that is no news for a sweep to send again. */
async function seesNow(services: HouseServices, asked: DecideArgs, claim: ClaimRow): Promise<void> {
  try {
    const item = await decisionById(services.graph.reader(claim.reference), placeIn(asked), asked.itemId);
    await changePacket(services, claim.card_ref, { shown: shownText([item]) });
  } catch (error) {
    services.log.warn({ error, reference: claim.reference }, 'how an item stands could not be read');
  }
}

async function recordedBy(
  reader: GraphReader,
  asked: DecideArgs,
  person: string,
): Promise<DecideReceipt | undefined> {
  const item = await decisionById(reader, placeIn(asked), asked.itemId);
  if (item.decision !== asked.answer) return undefined;
  // Back to undecided leaves nobody's name; everything else must be this person's word, with their reason.
  const isOurs =
    asked.answer === 'NotReviewed' || (item.reviewedBy?.id === person && item.justification === asked.reason);
  return isOurs ? receiptOf(item, asked.answer) : undefined;
}

function receiptOf(item: DecisionInfo, answer: DecideReceipt['answer']): DecideReceipt {
  return {
    answer,
    name: item.principal.name,
    reason: item.justification,
    byId: item.reviewedBy?.id ?? '',
    byName: item.reviewedBy?.name ?? '',
    at: item.reviewedAt ?? '',
  };
}

interface Recorded {
  readonly state: RecordedView['state'];
  readonly receipt?: DecideReceipt;
  readonly viewer: string;
  readonly problem?: string;
  readonly reference: string;
}

function recordedCard(
  services: HouseServices,
  asked: DecideArgs,
  { state, receipt, ...more }: Recorded,
): Card {
  const view: RecordedView = {
    ref: more.viewer === asked.by ? asked.ref : '',
    state,
    decision: asked.answer,
    name: asked.name,
    review: asked.review,
    subjectName: asked.subjectName,
    by: receipt?.byName ?? '',
    byYou: receipt !== undefined && receipt.byId === more.viewer,
    decidedAt: receipt?.at ?? '',
    reason: receipt?.reason ?? '',
    problem: more.problem ?? '',
    reference: shortReference(more.reference),
    portalUrl: myAccess(services.tenantId, 'access-reviews'),
  };
  return { template: 'reviews/recorded', view };
}

/** The newest decision about an item that this person made here. */
export async function lastArgs(
  turn: Turn,
  place: ReviewPlace,
  itemId: string,
): Promise<DecideArgs | undefined> {
  const row = await turn.services.store.db
    .selectFrom('claims')
    .select('args')
    .where('item', '=', decisionItem(place, itemId))
    .where('effect', '=', 'reviews.decide')
    .where('actor_id', '=', turn.actor.objectId)
    .where('state', '=', 'done')
    .orderBy('settled_at', 'desc')
    .executeTakeFirst();
  return row && decideArgs.parse(JSON.parse(row.args));
}
