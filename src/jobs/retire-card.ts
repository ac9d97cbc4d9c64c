import { z } from 'zod/v4';
import type { Clock } from '../base/clock.js';
import type { Store, Tx } from '../store/store.js';
import type { Delivery } from './delivery.js';
import { enqueue } from './enqueue.js';
import type { JobHandler } from './job.js';

const payload = z.object({ person: z.string(), activityId: z.string() });

/** A message whose card moved to another one must not keep buttons, or a picture that nobody keeps true. */
export async function retire(tx: Tx, clock: Clock, message: z.infer<typeof payload>): Promise<void> {
  await enqueue(tx, clock, { kind: 'card.retire', key: `retire:${message.activityId}`, payload: message });
}

export function retireCard(services: { readonly store: Store; readonly delivery: Delivery }): JobHandler {
  return async (job) => {
    const { person, activityId } = payload.parse(job.payload);
    const chat = await services.store.db
      .selectFrom('conversations')
      .selectAll()
      .where('person', '=', person)
      .executeTakeFirst();
    if (chat === undefined) return { kind: 'done' };
    const place = { conversationId: chat.conversation_id, serviceUrl: chat.service_url };
    // Gone already is as good.
    await services.delivery.update(place, activityId, { template: 'shared/moved', view: {} });
    return { kind: 'done' };
  };
}
