import { minute } from '../../../base/clock.js';
import type { InstanceInfo } from '../../../graph/access-review.js';
import { enqueue } from '../../../jobs/enqueue.js';
import type { ReviewRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import type { HouseServices } from '../../turn.js';
import { followJob } from './follow-job.js';
import { noEnd } from './time-of.js';

/**
 * Entra ends a review about when it had said it would; what ends earlier was stopped by somebody. What it says
 * afterwards is no help: then the end is the moment of the stop.
 */
const slackMs = 5 * minute;

/** The words Entra has for it. One we do not know says nothing, and neither does a review that cannot be read. */
const over = new Set(['Completing', 'Completed', 'AutoReviewing', 'AutoReviewed', 'Applying', 'Applied']);

export function isOver(instance: InstanceInfo | 'gone' | undefined): boolean {
  return instance === 'gone' || (instance !== undefined && over.has(instance.status));
}

/** Entra does not take decisions about this review any more: its cards, who lost access and its owner hear of it, once. */
export async function closeReview(services: HouseServices, review: ReviewRow): Promise<void> {
  const { instance_id: instance } = review;
  const now = services.clock.now().getTime();
  const early = review.ends_at !== noEnd && now < review.ends_at - slackMs;
  const state = early ? 'stopped' : 'ended';
  await services.store.write(async (tx) => {
    const closed = await tx
      .updateTable('reviews')
      .set({ state })
      .where('instance_id', '=', instance)
      .where('state', '=', 'running')
      .executeTakeFirst();
    if (closed.numUpdatedRows === 0n) return;
    await enqueue(tx, services.clock, followJob({ instance }));
    await enqueue(tx, services.clock, {
      kind: 'reviews.tell',
      key: `reviews.tell:${instance}`,
      payload: { instance, look: 0 },
    });
    await enqueue(tx, services.clock, {
      kind: 'reviews.quality',
      key: `reviews.quality:${instance}`,
      payload: { instance },
    });
    // The next one of the series may begin now.
    await lookAgain(tx, review.definition_id);
  });
  services.wake();
}

/** The next sweep reads this series anew, whatever it knew of it. */
export async function lookAgain(tx: Tx, definitionId: string): Promise<void> {
  await tx
    .updateTable('review_series')
    .set({ look_at: 0 })
    .where('definition_id', '=', definitionId)
    .execute();
}
