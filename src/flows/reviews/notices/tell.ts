import { z } from 'zod/v4';
import { day, hour, minute, second } from '../../../base/clock.js';
import { type DecisionInfo, decisionPages, instanceById } from '../../../graph/access-review.js';
import { isNotFound } from '../../../graph/errors.js';
import type { GraphReader } from '../../../graph/graph.js';
import type { JobHandler, JobResult } from '../../../jobs/job.js';
import { outsideQuiet } from '../../../policy/notices.js';
import type { ReviewRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { placeOf, reviewById } from '../packets.js';
import { tellRemoved } from './tell-removed.js';

const payload = z.object({
  instance: z.string(),
  look: z.number(),
  /** ms; since when there is nothing to wait for, though Entra may not be through yet. */
  idleSince: z.number().optional(),
});

type Payload = z.infer<typeof payload>;

const times = (count: number, ms: number): readonly number[] => Array<number>(count).fill(ms);

/** Entra applies decisions in its own time, or when an administrator asks for it: soon, then less and less often. */
const gapsMs = [30 * second, minute, 5 * minute, 15 * minute, ...times(24, hour), ...times(30, day)];

/** Tells whoever lost access, once Entra has taken it away and not before. */
export function tell(services: HouseServices): JobHandler {
  return async (job) => {
    const asked = payload.parse(job.payload);
    const review = await reviewById(services, asked.instance);
    const over = review?.state === 'ended' || review?.state === 'stopped';
    if (review === undefined || !over || services.policy.flows.reviews === 'off') return { kind: 'done' };
    const now = services.clock.now();
    const awake = outsideQuiet(services.policy.notices, now);
    if (awake > now) return { kind: 'again', at: awake };
    try {
      const look = await lookAndTell(services, review);
      return await lookLater(services, asked, look);
    } catch (error) {
      // Taken away with its series: nothing of it will be applied any more.
      if (isNotFound(error)) return told(services, asked);
      throw error;
    }
  };
}

interface Looked {
  /** Entra is through with this review: nothing will be added to its decisions. */
  readonly applied: boolean;
  /** Something is not applied yet, or somebody could not be told. */
  readonly open: boolean;
}

async function lookAndTell(services: HouseServices, review: ReviewRow): Promise<Looked> {
  const reader = services.graph.reader(services.ids.guid());
  // First how it stands: what it decided by itself before then is among the decisions.
  const { status } = await instanceById(reader, placeOf(review));
  const removals = await removalsOf(reader, review);
  const allTold = await tellRemoved(services, reader, review, removals.filter(isApplied));
  const waiting = removals.some(({ applyResult }) => applyResult === 'New' || applyResult === '');
  return { applied: status === 'Applied', open: waiting || !allTold };
}

/** Where nobody applies anything a review stays as it is; what Entra decides by itself there comes within a day. */
async function lookLater(
  services: HouseServices,
  asked: Payload,
  { applied, open }: Looked,
): Promise<JobResult> {
  const now = services.clock.now().getTime();
  const idleSince = open ? undefined : Math.min(asked.idleSince ?? now, now);
  const rested = idleSince !== undefined && (applied || now - idleSince >= day);
  const gap = gapsMs[asked.look];
  if (rested || gap === undefined) return told(services, asked);
  const { instance, look } = asked;
  const idle = idleSince === undefined ? {} : { idleSince };
  return { kind: 'again', at: new Date(now + gap), payload: { instance, look: look + 1, ...idle } };
}

async function told(services: HouseServices, { instance }: Payload): Promise<JobResult> {
  await services.store.write((tx) =>
    tx
      .updateTable('reviews')
      .set({ state: 'told' })
      .where('instance_id', '=', instance)
      .where('state', '<>', 'running')
      .execute(),
  );
  return { kind: 'done' };
}

/** Of a review with stages the last one counts; who was kept there is not among these. */
async function removalsOf(reader: GraphReader, review: ReviewRow): Promise<readonly DecisionInfo[]> {
  const { stageId: _, ...place } = placeOf(review);
  const removals: DecisionInfo[] = [];
  for await (const page of decisionPages(reader, place, { decision: 'Deny' })) {
    removals.push(...page.filter(({ principal }) => principal.kind === 'user' && principal.id !== ''));
  }
  return removals;
}

function isApplied({ applyResult }: DecisionInfo): boolean {
  return applyResult === 'AppliedSuccessfully';
}
