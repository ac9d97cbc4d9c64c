import { z } from 'zod/v4';
import type { Card } from '../../../cards/card.js';
import {
  myRequests,
  policyById,
  type RequestInfo,
  requestPages,
  requestsIMade,
  submitRequest,
} from '../../../graph/entitlement.js';
import type { GraphAs } from '../../../graph/graph.js';
import type { ClaimRow } from '../../../store/schema.js';
import { type ClaimKey, effect, type Viewer } from '../../effect.js';
import type { HouseServices } from '../../turn.js';
import { statusCard } from '../cards/status-card.js';
import { saysOf } from '../errors.js';
import { followSoon } from '../follow/follow-job.js';
import { asksForAccess } from '../offers.js';
import { becomeStatus } from '../status/open-status.js';
import { dayIn } from './date-rules.js';
import { formCard } from './form-card.js';
import { type AskArgs, noProblems } from './rules.js';
import { fromPolicy } from './ways.js';

const answer = z.object({
  questionId: z.string(),
  question: z.string(),
  kind: z.enum(['text', 'choice']),
  value: z.string(),
  display: z.string(),
});

/** What was sent before these were asked for has none of them. */
export const askArgs: z.ZodType<AskArgs> = z.object({
  packageId: z.string(),
  packageName: z.string(),
  policyId: z.string(),
  targetId: z.string(),
  targetName: z.string().default(''),
  reason: z.string(),
  answers: z.array(answer).default([]),
  startsAt: z.string().default(''),
  endsAt: z.string().default(''),
  earlier: z.array(z.string()),
  ref: z.string(),
});

/** Older receipts do not have what Entra was told. */
const receipt = z.object({
  requestId: z.string(),
  state: z.string(),
  createdAt: z.string(),
  told: z
    .object({
      reason: z.string(),
      answers: z.array(answer.omit({ kind: true })),
      startsAt: z.string(),
      endsAt: z.string(),
    })
    .nullable()
    .default(null),
});

type Receipt = z.infer<typeof receipt>;

/** One request a form; and while one form is being sent, no other form for the same package and person. */
export function askKey({
  packageId,
  targetId,
  ref,
}: Pick<AskArgs, 'packageId' | 'targetId' | 'ref'>): ClaimKey {
  return { item: `accessPackage:${packageId}:${targetId}`, stage: ref, action: 'ask' };
}

/** A request for this person and package that Entra did not know before the click. */
function isNew(asked: AskArgs, request: RequestInfo): boolean {
  return (
    request.packageId === asked.packageId && asksForAccess(request) && !asked.earlier.includes(request.id)
  );
}

async function made(graph: GraphAs, asked: AskArgs): Promise<RequestInfo | undefined> {
  if (graph.actor.objectId === asked.targetId) {
    // Their manager may have asked for the same at the same time, which is not what this form says.
    return (await myRequests(graph)).find(
      (request) => request.requestorId === asked.targetId && isNew(asked, request),
    );
  }
  return (await requestsIMade(graph)).find(
    (request) => request.targetId === asked.targetId && isNew(asked, request),
  );
}

/** It may have been sent in other words from elsewhere: what counts is what Entra has. */
function receiptOf({ id, state, createdAt, justification, answers, startsAt, endsAt }: RequestInfo): Receipt {
  const told = {
    reason: justification,
    answers: answers.map(({ questionId, question, value, display }) => ({
      ...{ questionId, question, value, display },
    })),
    startsAt,
    endsAt,
  };
  return { requestId: id, state, createdAt, told };
}

export const askEffect = effect({
  name: 'packages.ask',
  args: askArgs,
  receipt,
  key: (asked) => askKey(asked),
  async act(graph, asked) {
    const find = async () => (await made(graph, asked)) !== undefined;
    // The facts were read before the claim; another form may have been sent in between.
    if (await find()) return;
    await submitRequest(graph, {
      packageId: asked.packageId,
      policyId: asked.policyId,
      targetId: asked.targetId,
      justification: asked.reason,
      answers: asked.answers,
      ...(asked.startsAt === '' ? {} : { startsAt: asked.startsAt }),
      ...(asked.endsAt === '' ? {} : { endsAt: asked.endsAt }),
      landed: find,
    });
  },
  async recorded(graph, asked) {
    const request = await made(graph, asked);
    return request && receiptOf(request);
  },
  async healed(reader, asked, claim) {
    for await (const page of requestPages(reader, { packageId: asked.packageId })) {
      const ours = page.find(
        (each) =>
          each.requestorId === claim.actor_id && each.targetId === asked.targetId && isNew(asked, each),
      );
      if (ours) return receiptOf(ours);
    }
    return undefined;
  },
  async settled(tx, services, { receipt: { requestId }, claim }) {
    await becomeStatus(tx, services, { ref: claim.card_ref, requestId, person: claim.actor_id });
    await followSoon(tx, services.clock, requestId);
  },
  working: ({ tenantId }, asked, viewer) =>
    shown(tenantId, asked, { state: 'working', createdAt: '', told: null }, viewer),
  done: ({ tenantId }, asked, receipt, viewer) => shown(tenantId, asked, receipt, viewer),
  notDone: formAgain,
});

/** Nobody's token is at hand: the policy says what the form needs, and what was typed is kept. */
async function formAgain(services: HouseServices, asked: AskArgs, claim: ClaimRow): Promise<Card> {
  const reader = services.graph.reader(services.ids.guid());
  const { says, next } = saysOf('packages.not-sent');
  const { timeZone } = services.policy.notices;
  const dayOf = (moment: string): string => (moment === '' ? '' : dayIn(Date.parse(moment) - 1, timeZone));
  return formCard(services, {
    ref: claim.card_ref,
    packageId: asked.packageId,
    target: { id: asked.targetId, name: asked.targetName },
    way: fromPolicy(await policyById(reader, asked.policyId)),
    ways: 1,
    held: undefined,
    typed: {
      reason: asked.reason,
      startDate: asked.startsAt === '' ? '' : dayIn(Date.parse(asked.startsAt), timeZone),
      endDate: dayOf(asked.endsAt),
      answers: new Map(asked.answers.map(({ questionId, value }) => [questionId, value])),
    },
    fixed: new Map(),
    conflicts: { had: [], all: [] },
    problems: { ...noProblems, form: `${says} ${next}` },
    others: [],
    language: '',
  });
}

function shown(
  tenantId: string,
  asked: AskArgs,
  { state, createdAt, told }: Omit<Receipt, 'requestId'>,
  { id: requestorId, reference }: Viewer,
): Card {
  const { packageId, packageName, targetId, targetName } = asked;
  const { reason, answers, startsAt, endsAt } = told ?? asked;
  const request = {
    ...{ state, packageId, packageName, justification: reason, createdAt, answers, startsAt, endsAt },
    // Only for somebody else is it worth saying for whom.
    ...(targetName === '' ? {} : { requestorId, targetId, targetName }),
  };
  return statusCard(tenantId, request, { reference });
}
