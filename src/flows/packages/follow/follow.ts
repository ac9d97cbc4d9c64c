import { z } from 'zod/v4';
import { second } from '../../../base/clock.js';
import { isAppError } from '../../../base/errors.js';
import { type PolicyInfo, policyOf, type RequestInfo } from '../../../graph/entitlement.js';
import { changeCard } from '../../../jobs/cards.js';
import { enqueue } from '../../../jobs/enqueue.js';
import type { JobHandler } from '../../../jobs/job.js';
import type { CardRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { decidedCard } from '../cards/decided-card.js';
import type { StageApprover } from '../decide/approvers.js';
import { cardStage, decideKind } from '../decide/card-stage.js';
import { aboutOf, type Verdict, verdictOf, verdictOfStage } from '../decide/verdict.js';
import { watchJob } from '../held/watch-job.js';
import { noteRequest, type Seen, seenOf } from '../seen.js';
import { failedJob } from '../status/failed-job.js';
import { isFailed } from '../status/read-extras.js';
import { showStatus } from '../status/show-status.js';
import { closeGone } from './close-gone.js';
import { introduce } from './introduce.js';
import { namesOf } from './next-with.js';
import { isDecided, openStage } from './open-stage.js';
import { readOrGone } from './read-or-gone.js';
import { cardsOf } from './request-cards.js';
import { settleStuck, tellStuck } from './stuck.js';

const payload = z.object({ request: z.string(), look: z.number() });

/** Entra works on its own time: look soon, then less and less often; the sweep takes over what is still moving then. */
const gapsMs = [0.4, 0.6, 1, 1, 2, 2, 4, 8, 15, 30, 30, 30].map((gap) => gap * second);

/** Keeps every card of one request true while Entra is at work on it. */
export function follow(services: HouseServices): JobHandler {
  return async (job) => {
    const { request: id, look } = payload.parse(job.payload);
    const request = await readOrGone(services, id);
    if (request === undefined) {
      await closeGone(services, id);
      return { kind: 'done' };
    }
    const { decided } = await bringUpToDate(services, request);
    const gap = gapsMs[look];
    const moving = ['submitted', 'delivering', 'scheduled', 'partiallyDelivered'].includes(request.state);
    if (!(moving || decided) || gap === undefined) return { kind: 'done' };
    const at = new Date(services.clock.now().getTime() + gap);
    return { kind: 'again', at, payload: { request: id, look: look + 1 } };
  };
}

export interface Brought {
  /** The last stage is, and Entra will show soon what follows from it. */
  readonly decided: boolean;
  /** It waits, and there is nobody whom the bot could ask. */
  readonly stuck: boolean;
}

/** One request's cards, made from what Entra says now. Calling it twice changes nothing the second time. */
export async function bringUpToDate(services: HouseServices, request: RequestInfo): Promise<Brought> {
  if (services.policy.flows.packages === 'off') return { decided: false, stuck: false };
  await services.store.write(async (tx) => {
    const news = await noteRequest(tx, services, request);
    // Whoever asked elsewhere has no card here that would tell it, or would look after the end of it.
    if (news && isFailed(request)) await enqueue(tx, services.clock, failedJob(request.id));
    if (news && request.state === 'delivered' && request.assignmentId !== undefined) {
      await enqueue(tx, services.clock, watchJob(request.assignmentId, undefined));
    }
  });
  const seen = await seenOf(services, request.id);
  const known = { request, seen, ...(await askApprovers(services, request, seen)) };
  for (const row of await cardsOf(services, request.id)) await bringCard(services, row, known);
  services.wake();
  const pending = request.state === 'pendingApproval';
  const decided = pending && known.policy !== undefined && isDecided(known.policy, seen.stages);
  return { decided, stuck: known.stuck };
}

interface Known {
  readonly request: RequestInfo;
  readonly seen: Seen;
  readonly policy: PolicyInfo | undefined;
  /** Of the open stage. */
  readonly approvers: readonly StageApprover[];
  readonly stuck: boolean;
}

async function askApprovers(
  services: HouseServices,
  request: RequestInfo,
  seen: Seen,
): Promise<Pick<Known, 'policy' | 'approvers' | 'stuck'>> {
  if (request.state !== 'pendingApproval') {
    await settleStuck(services, request);
    return { policy: await policyIfReadable(services, request), approvers: [], stuck: false };
  }
  const policy = await policyOf(services.graph.reader(services.ids.guid()), request);
  const stage = openStage(policy, seen, request, services.clock.now().getTime());
  if (stage === undefined) return { policy, approvers: [], stuck: false };
  const { approvers, named } = await introduce(services, { request, policy, seen, stage });
  // Whom only our own rule keeps out can decide it in the portal.
  if (named.some(({ user }) => user.enabled)) await settleStuck(services, request, stage.index);
  else await tellStuck(services, request, stage);
  return { policy, approvers, stuck: approvers.length === 0 };
}

/** It only tells how many stages there were, to those who see how it ended. */
async function policyIfReadable(
  services: HouseServices,
  request: RequestInfo,
): Promise<PolicyInfo | undefined> {
  const rows = await cardsOf(services, request.id);
  if (!rows.some(({ kind, state }) => kind === decideKind && state === 'open')) return undefined;
  try {
    return await policyOf(services.graph.reader(services.ids.guid()), request);
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}

async function bringCard(services: HouseServices, row: CardRow, known: Known): Promise<void> {
  const { request, seen, policy, approvers } = known;
  const { stages, stageSince, endedAt } = seen;
  if (row.kind === 'packages.status') {
    // The log may tell afterwards who decided: a final picture takes that in.
    const shown = { stages, stageSince, endedAt, approvers, ...(policy === undefined ? {} : { policy }) };
    if (row.state === 'open' || hasEnded(request)) await showStatus(services, row, request, shown);
  } else if (row.kind === decideKind && row.state === 'open') {
    const verdict = verdictFor(row, known);
    if (verdict !== undefined) await showDecided(services, row, known, verdict);
  }
}

function hasEnded({ state }: RequestInfo): boolean {
  return ['delivered', 'denied', 'canceled'].includes(state);
}

/** Undefined: the stage of this card still waits. */
function verdictFor(row: CardRow, { request, seen, policy }: Known): Verdict | undefined {
  const of = policy?.stages.length ?? 0;
  return request.state === 'pendingApproval'
    ? verdictOfStage(seen.stages, cardStage(row), of)
    : verdictOf(request, seen.stages, of);
}

async function showDecided(
  services: HouseServices,
  row: CardRow,
  { request, approvers }: Known,
  verdict: Verdict,
): Promise<void> {
  const viewer = { id: row.person, reference: '', nowWith: namesOf(approvers) };
  const card = decidedCard(services.tenantId, aboutOf(request), verdict, viewer);
  await services.store.write((tx) => changeCard(tx, services.clock, row.ref, card, { final: true }));
}
