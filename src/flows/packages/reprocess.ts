import { z } from 'zod/v4';
import { isAppError } from '../../base/errors.js';
import { type RequestInfo, reprocessRequest, requestById } from '../../graph/entitlement.js';
import { isNotFound } from '../../graph/errors.js';
import type { GraphReader } from '../../graph/graph.js';
import { openCard } from '../../jobs/cards.js';
import { enqueue } from '../../jobs/enqueue.js';
import { carryOut } from '../carry-out.js';
import { effect } from '../effect.js';
import { type Outcome, verb } from '../flow.js';
import { refused } from '../refused.js';
import type { Turn } from '../turn.js';
import { failedCard } from './cards/failed-card.js';
import type { FailedView } from './cards/failed-views.js';
import { packagesError, saysOf } from './errors.js';
import { followSoon } from './follow/follow-job.js';
import { itemOf } from './follow/request-cards.js';
import { isRemoval } from './held/read-mine.js';
import { failedAbout, failedItem, failedKind, failedPurpose } from './status/failed-about.js';
import { failedJob } from './status/failed-job.js';
import { problemOf } from './status/problem-of.js';
import { retryWithin } from './status/read-extras.js';
import { decideReprocess, type ReprocessArgs } from './status/rules.js';

/** Lets Entra deliver once more what failed. Whether this person may is for Entra to say. */
export const reprocess = verb({
  name: 'packages.reprocess',
  scopes: ['EntitlementManagement.ReadWrite.All'],
  input: z.object({ request: z.guid() }),
  async run(turn, input): Promise<Outcome> {
    const request = await readAsOwner(turn, input.request.toLowerCase());
    const ref = await openFailed(turn, request);
    const { services } = turn;
    const decision = decideReprocess({
      capability: services.policy.flows.packages,
      request: { id: request.id, state: request.state, completedAt: request.completedAt ?? '' },
      removal: isRemoval(request),
      packageName: request.packageName,
      personName: request.targetName || request.requestorName,
      justification: request.justification,
      createdAt: request.createdAt,
      tries: await triesBefore(turn, request.id),
      ref,
      now: services.clock.now().getTime(),
      within: retryWithin,
    });
    if (decision.kind === 'refuse') {
      const why = { ...decision, says: saysOf(decision.code) };
      return refused(turn, ref, why, async () => shown(turn, ref, request, decision.code));
    }
    try {
      return await carryOut(turn, decision, reprocessEffect, ref);
    } catch (error) {
      if (isAppError(error) && error.code === 'graph.forbidden')
        throw packagesError('packages.not-owner', error);
      throw error;
    }
  },
});

/** Entra shows requests of others to those only who answer for their catalog. */
async function readAsOwner(turn: Turn, requestId: string): Promise<RequestInfo> {
  try {
    return await requestById(turn.graph, requestId);
  } catch (error) {
    if (isAppError(error) && (error.code === 'graph.forbidden' || isNotFound(error))) {
      throw packagesError('packages.not-owner', error);
    }
    throw error;
  }
}

async function openFailed({ services, actor }: Turn, { id }: RequestInfo): Promise<string> {
  const row = await services.store.write((tx) =>
    openCard(tx, services, {
      flow: 'packages',
      kind: failedKind,
      item: failedItem(id),
      person: actor.objectId,
      purpose: failedPurpose(id, actor.objectId),
      expiresAt: new Date(services.clock.now().getTime() + retryWithin),
    }),
  );
  return row.ref;
}

/** It may fail again, and then be tried again: each failure is one step. */
async function triesBefore({ services }: Turn, requestId: string): Promise<number> {
  const rows = await services.store.db
    .selectFrom('claims')
    .select('id')
    .where('item', '=', itemOf(requestId))
    .where('action', '=', 'reprocess')
    .where('state', '=', 'done')
    .execute();
  return rows.length;
}

function shown({ services, reference }: Turn, ref: string, request: RequestInfo, code: string): Outcome {
  // Where it is not failed any more, the card says so itself.
  const problem = code === 'packages.not-failed' ? '' : problemOf(code);
  const about = { ...failedAbout(services, request), problem, reference };
  return { kind: 'card', card: failedCard(services.tenantId, about), ref };
}

const args: z.ZodType<ReprocessArgs> = z.object({
  removal: z.boolean().default(false),
  requestId: z.string(),
  state: z.string(),
  completedAt: z.string(),
  packageName: z.string(),
  personName: z.string(),
  justification: z.string(),
  createdAt: z.string(),
  tries: z.number(),
  ref: z.string(),
});

const receipt = z.object({ state: z.string() });

type Receipt = z.infer<typeof receipt>;

export const reprocessEffect = effect({
  name: 'packages.reprocess',
  args,
  receipt,
  seenByAll: true,
  key: ({ requestId, tries }) => ({ item: itemOf(requestId), stage: `try-${tries}`, action: 'reprocess' }),
  act: (graph, asked) =>
    reprocessRequest(graph, {
      requestId: asked.requestId,
      landed: async () => (await moved(graph, asked)) !== undefined,
    }),
  recorded: moved,
  healed: moved,
  async settled(tx, { clock }, { args: { requestId } }) {
    await followSoon(tx, clock, requestId);
    await enqueue(tx, clock, failedJob(requestId));
  },
  working: ({ tenantId }, asked, { reference }) => picture(tenantId, asked, { state: 'working', reference }),
  done: ({ tenantId }, asked, { state }, { reference }) =>
    picture(tenantId, asked, { state: state === 'delivered' ? 'delivered' : 'trying', reference }),
  notDone: async ({ tenantId }, asked, { reference }) => {
    const state = asked.state === 'partiallyDelivered' ? 'partly' : 'failed';
    return picture(tenantId, asked, { state, reference, problem: problemOf('packages.not-retried') });
  },
});

/** It is not where it was: Entra is at it, or was and failed at another time. */
async function moved(reader: GraphReader, asked: ReprocessArgs): Promise<Receipt | undefined> {
  const { state, completedAt = '' } = await requestById(reader, asked.requestId);
  return state === asked.state && completedAt === asked.completedAt ? undefined : { state };
}

function picture(
  tenantId: string,
  asked: ReprocessArgs,
  now: {
    readonly state: FailedView['state'];
    readonly reference: string;
    readonly problem?: string;
  },
) {
  const failed = Date.parse(asked.completedAt);
  return failedCard(tenantId, {
    removal: asked.removal,
    request: asked.requestId,
    name: asked.packageName,
    person: asked.personName,
    reason: asked.justification,
    askedAt: asked.createdAt,
    failedAt: asked.completedAt,
    until: Number.isNaN(failed) ? '' : new Date(failed + retryWithin).toISOString(),
    status: '',
    act: true,
    ...now,
  });
}
