import { z } from 'zod/v4';
import { day, second } from '../../../base/clock.js';
import { isAppError } from '../../../base/errors.js';
import { type RequestInfo, requestById } from '../../../graph/entitlement.js';
import { changeCard, openCard } from '../../../jobs/cards.js';
import type { JobHandler } from '../../../jobs/job.js';
import type { CardRow } from '../../../store/schema.js';
import type { Approver } from '../../approvers.js';
import type { HouseServices } from '../../turn.js';
import { decidedCard } from '../cards/decided-card.js';
import { statusCard } from '../cards/status-card.js';
import { decideReceipt } from '../decide/effect.js';
import { type Pending, pendingCard, readPending } from '../decide/pending.js';
import { aboutOf, type Verdict, verdictOfRequest } from '../decide/verdict.js';

const payload = z.object({ request: z.string(), look: z.number() });

/** Entra works on its own time: look soon, then less and less often; the sweep takes over what is still moving then. */
const gapsMs = [0.4, 0.6, 1, 1, 2, 2, 4, 8, 15, 30, 30, 30].map((gap) => gap * second);

/** Keeps every card of one request true while Entra is at work on it. */
export function follow(services: HouseServices): JobHandler {
  return async (job) => {
    const { request: id, look } = payload.parse(job.payload);
    const request = await readOrGone(services, id);
    if (request === undefined) return { kind: 'done' };
    await bringUpToDate(services, request);
    const gap = gapsMs[look];
    const moving = ['submitted', 'delivering', 'scheduled', 'partiallyDelivered'].includes(request.state);
    if (!moving || gap === undefined) return { kind: 'done' };
    const at = new Date(services.clock.now().getTime() + gap);
    return { kind: 'again', at, payload: { request: id, look: look + 1 } };
  };
}

async function readOrGone(services: HouseServices, id: string): Promise<RequestInfo | undefined> {
  try {
    return await requestById(services.graph.reader(services.ids.guid()), id);
  } catch (error) {
    if (isAppError(error) && error.code === 'graph.not-found') return undefined;
    throw error;
  }
}

/** One request's cards, made from what Entra says now. Calling it twice changes nothing the second time. */
export async function bringUpToDate(services: HouseServices, request: RequestInfo): Promise<void> {
  if (services.policy.flows.packages === 'off') return;
  const pending = request.state === 'pendingApproval';
  const approvers = pending ? await introduce(services, request) : [];
  const verdict = (await ourVerdict(services, request)) ?? verdictOfRequest(request);
  const open = (await cardsOf(services, request.id)).filter((row) => row.state === 'open');
  for (const row of open) {
    if (row.kind === 'packages.status') {
      const waitingFor = approvers.map(({ user }) => user.name).join(', ');
      await showStatus(services, row, request, { waitingFor, ...(verdict === undefined ? {} : { verdict }) });
    } else if (!pending && verdict !== undefined) {
      await showDecided(services, row, request, verdict);
    }
  }
  services.wake();
}

/** A card to everybody who may decide it, once: who already has one keeps it. */
async function introduce(services: HouseServices, request: RequestInfo): Promise<readonly Approver[]> {
  const pending = await readPending(services, request);
  // Final ones too: a stale look at a request must not ask anew whoever has seen it settled.
  const shown = (await cardsOf(services, request.id)).filter((row) => row.version > 0);
  const asked = new Set(shown.filter((row) => row.kind === 'packages.decide').map((row) => row.person));
  for (const { user } of pending.approvers) {
    if (!asked.has(user.id)) await introduceTo(services, pending, user.id);
  }
  return pending.approvers;
}

/** The row and its first picture commit together; an open card for the same purpose is found, not made again. */
async function introduceTo(services: HouseServices, pending: Pending, person: string): Promise<void> {
  await services.store.write(async (tx) => {
    const row = await openCard(tx, services, {
      flow: 'packages',
      kind: 'packages.decide',
      item: itemOf(pending.request.id),
      person,
      purpose: `packages.decide:${pending.request.id}:${person}`,
      expiresAt: new Date(services.clock.now().getTime() + 30 * day),
    });
    const card = pendingCard(services, pending, { ref: row.ref, person, problem: '' });
    await changeCard(tx, services.clock, row.ref, card);
  });
}

async function showStatus(
  services: HouseServices,
  row: CardRow,
  request: RequestInfo,
  extras: { readonly waitingFor: string; readonly verdict?: Verdict },
): Promise<void> {
  const ended = ['delivered', 'denied', 'canceled', 'deliveryFailed'].includes(request.state);
  const card = statusCard(services.tenantId, request, extras);
  await services.store.write((tx) => changeCard(tx, services.clock, row.ref, card, { final: ended }));
}

async function showDecided(
  services: HouseServices,
  row: CardRow,
  request: RequestInfo,
  verdict: Verdict,
): Promise<void> {
  const viewer = { id: row.person, reference: '' };
  const card = decidedCard(services.tenantId, aboutOf(request), verdict, viewer);
  await services.store.write((tx) => changeCard(tx, services.clock, row.ref, card, { final: true }));
}

/** Who decided and why: known when it was decided here, because then the approver's own token read it back. */
async function ourVerdict(services: HouseServices, request: RequestInfo): Promise<Verdict | undefined> {
  const row = await services.store.db
    .selectFrom('claims')
    .select('receipt')
    .where('item', '=', itemOf(request.id))
    .where('action', '=', 'decide')
    .where('state', '=', 'done')
    .orderBy('settled_at', 'desc')
    .executeTakeFirst();
  return row?.receipt == null ? undefined : decideReceipt.parse(JSON.parse(row.receipt));
}

function cardsOf(services: HouseServices, requestId: string): Promise<readonly CardRow[]> {
  return services.store.db.selectFrom('cards').selectAll().where('item', '=', itemOf(requestId)).execute();
}

function itemOf(requestId: string): string {
  return `assignmentRequest:${requestId}`;
}
