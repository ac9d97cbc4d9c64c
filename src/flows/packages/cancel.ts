import { z } from 'zod/v4';
import { isAppError } from '../../base/errors.js';
import { cancelRequest, type RequestInfo, requestById } from '../../graph/entitlement.js';
import { isNotFound } from '../../graph/errors.js';
import type { GraphAs } from '../../graph/graph.js';
import { carryOut } from '../carry-out.js';
import { effect } from '../effect.js';
import { type Outcome, verb } from '../flow.js';
import { cardFacts, knownCard } from '../known-card.js';
import { refused } from '../refused.js';
import { statusCard } from './cards/status-card.js';
import { packagesError, saysOf } from './errors.js';
import { followSoon } from './follow/follow-job.js';
import { itemOf } from './follow/request-cards.js';
import { itemId } from './offers.js';
import { ownRequest } from './status/own-request.js';
import { problemOf } from './status/problem-of.js';
import { type CancelArgs, decideCancel, type Snapshot } from './status/rules.js';
import { showStatusOf, statusOutcome } from './status/show-status-of.js';

/** Takes back a request that nobody has decided yet, or that was accepted for later. */
export const cancel = verb({
  name: 'packages.cancel',
  scopes: ['EntitlementMgmt-SubjectAccess.ReadWrite'],
  input: z.object({ ref: z.string().max(64) }),
  async run(turn, { ref }): Promise<Outcome> {
    const row = await knownCard(turn, ref, ['packages.status']);
    const request = await ownRequest(turn, itemId(row));
    if (request === undefined) throw packagesError('packages.not-shown');
    const decision = decideCancel({
      capability: turn.services.policy.flows.packages,
      card: cardFacts(turn, row),
      request: snapshotOf(request),
    });
    if (decision.kind === 'refuse') {
      const why = { ...decision, says: saysOf(decision.code) };
      // Pressed twice: what they wanted is so, and the card says it.
      const problem = request.state === 'canceled' ? '' : problemOf(decision.code);
      return refused(turn, ref, why, () => statusOutcome(turn, row, request, problem));
    }
    try {
      return await carryOut(turn, decision, cancelEffect, ref);
    } catch (error) {
      // Somebody decided it between our look and our press.
      const late = ['graph.bad-request', 'graph.conflict', 'graph.not-found'];
      if (!isAppError(error) || !late.includes(error.code)) throw error;
      return showStatusOf(turn, row, problemOf('packages.not-open'));
    }
  },
});

function snapshotOf(request: RequestInfo): Snapshot {
  const { id, state, packageId, packageName, justification, createdAt } = request;
  return { id, state, packageId, packageName, justification, createdAt };
}

const args: z.ZodType<CancelArgs> = z.object({
  request: z.object({
    id: z.string(),
    state: z.string(),
    packageId: z.string(),
    packageName: z.string(),
    justification: z.string(),
    createdAt: z.string(),
  }),
  ref: z.string(),
});

const receipt = z.object({ state: z.literal('canceled') });
const cancelled = { state: 'canceled' } as const;

export const cancelEffect = effect({
  name: 'packages.cancel',
  args,
  receipt,
  key: ({ request }) => ({ item: itemOf(request.id), stage: 'request', action: 'cancel' }),
  act: (graph, { request }) =>
    cancelRequest(graph, { requestId: request.id, landed: () => isCancelled(graph, request.id) }),
  recorded: async (graph, { request }) => ((await isCancelled(graph, request.id)) ? cancelled : undefined),
  async healed(reader, { request }) {
    try {
      return (await requestById(reader, request.id)).state === 'canceled' ? cancelled : undefined;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  },
  async settled(tx, services, { args: { request } }) {
    await followSoon(tx, services.clock, request.id);
  },
  working: ({ tenantId }, { request, ref }, { reference }) =>
    statusCard(tenantId, { ...request, state: 'working' }, { ref, reference }),
  done: ({ tenantId }, { request, ref }, { state }, { reference }) =>
    statusCard(tenantId, { ...request, state }, { ref, reference }),
  notDone: async ({ tenantId }, { request, ref }) =>
    statusCard(tenantId, request, { ref, act: true, problem: problemOf('packages.not-cancelled') }),
});

async function isCancelled(graph: GraphAs, requestId: string): Promise<boolean> {
  return (await ownRequest({ graph }, requestId))?.state === 'canceled';
}
