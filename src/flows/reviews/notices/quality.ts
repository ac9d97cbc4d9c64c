import { z } from 'zod/v4';
import { day } from '../../../base/clock.js';
import { type DecisionInfo, decisionPages } from '../../../graph/access-review.js';
import { isNotFound } from '../../../graph/errors.js';
import type { GraphReader } from '../../../graph/graph.js';
import { type ReviewQuality, reviewQuality } from '../../../insight/review-quality.js';
import { changeCard, openCard } from '../../../jobs/cards.js';
import type { JobHandler } from '../../../jobs/job.js';
import { outsideQuiet } from '../../../policy/notices.js';
import type { ReviewRow } from '../../../store/schema.js';
import { adminReviews } from '../../links.js';
import type { HouseServices } from '../../turn.js';
import type { QualityView } from '../cards/owner-views.js';
import { subjectView } from '../cards/packet-card.js';
import { aboutOf, itemOf, placeOf, reviewById } from '../packets.js';

const payload = z.object({
  instance: z.string(),
  /** When it was found to be over: one that was stopped ended before its day. */
  foundAt: z.number().optional(),
});
const reviewersShown = 8;

/** After a review ended: one card to whoever set it up, with how well it was decided. */
export function quality(services: HouseServices): JobHandler {
  return async (job) => {
    const now = services.clock.now();
    const { instance, foundAt = now.getTime() } = payload.parse(job.payload);
    const review = await reviewById(services, instance);
    if (review === undefined || review.state === 'running' || services.policy.flows.reviews === 'off')
      return { kind: 'done' };
    if (aboutOf(review).createdById === '') return { kind: 'done' };
    const at = outsideQuiet(services.policy.notices, now);
    if (at > now) return { kind: 'again', at, payload: { instance, foundAt } };
    try {
      await tellQuality(services, review, new Date(Math.min(review.ends_at, foundAt)));
    } catch (error) {
      // Taken away with its series: there is nothing left to count.
      if (!isNotFound(error)) throw error;
    }
    services.wake();
    return { kind: 'done' };
  };
}

async function tellQuality(services: HouseServices, review: ReviewRow, endedAt: Date): Promise<void> {
  const purpose = `reviews.quality:${review.instance_id}`;
  if (await isTold(services, purpose)) return;
  // Of all stages together: what counts in the end stands at the instance.
  const place = placeOf({ ...review, stage_id: '' });
  const decisions = await allDecisions(services.graph.reader(services.ids.guid()), place);
  const found = reviewQuality(decisions);
  const view: QualityView = {
    ...headOf(services, review),
    endedAt: endedAt.toISOString(),
    ...numbers(found),
  };
  await services.store.write(async (tx) => {
    const card = await openCard(tx, services, {
      flow: 'reviews',
      kind: 'reviews.quality',
      item: itemOf(review.instance_id),
      person: aboutOf(review).createdById,
      purpose,
      expiresAt: new Date(services.clock.now().getTime() + 30 * day),
    });
    await changeCard(tx, services.clock, card.ref, { template: 'reviews/quality', view }, { final: true });
  });
}

/** The job may be queued again after it ran: its card is final by then, and no longer found by its purpose. */
async function isTold({ store }: HouseServices, purpose: string): Promise<boolean> {
  const card = await store.db
    .selectFrom('cards')
    .select('ref')
    .where('purpose', '=', purpose)
    .where('version', '>', 0)
    .executeTakeFirst();
  return card !== undefined;
}

export async function allDecisions(
  reader: GraphReader,
  place: Parameters<typeof decisionPages>[1],
): Promise<readonly DecisionInfo[]> {
  const all: DecisionInfo[] = [];
  for await (const page of decisionPages(reader, place)) all.push(...page);
  return all;
}

function headOf(services: HouseServices, review: ReviewRow) {
  const about = aboutOf(review);
  return { review: about.review, subject: subjectView(services, about), portalUrl: adminReviews };
}

function numbers(found: ReviewQuality) {
  const { total, kept, removed, unsure, undecided, against, reasons } = found;
  const shown = found.reviewers.slice(0, reviewersShown);
  return {
    ...{ total, kept, removed, unsure, undecided, against, reasons },
    keptPercent: percent(total === 0 ? 0 : kept / total),
    seconds: seconds(found.seconds),
    reviewers: shown.map(({ name, decided, keptShare, hasty, ...own }) => ({
      name,
      decided,
      keptPercent: percent(keptShare),
      seconds: seconds(own.seconds),
      hasty,
    })),
    moreReviewers: found.reviewers.length - shown.length,
  };
}

/** Only all of them is 100, and only none is 0. */
function percent(share: number): number {
  if (share === 0 || share === 1) return share * 100;
  return Math.min(99, Math.max(1, Math.round(share * 100)));
}

function seconds(found: number | undefined): number {
  return found === undefined ? -1 : Math.round(found);
}
