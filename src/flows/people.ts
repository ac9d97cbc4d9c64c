import type { Actor } from '../identity/actor.js';
import type { Place } from './flow.js';
import type { HouseServices } from './turn.js';

/** Addresses come from authenticated activities only: our token goes wherever they point. */
export async function meet(
  services: HouseServices,
  actor: Actor,
  contact: { readonly conversationId: string; readonly serviceUrl: string; readonly botId: string },
): Promise<void> {
  const learned = {
    tenant_id: actor.tenantId,
    conversation_id: contact.conversationId,
    service_url: contact.serviceUrl,
    bot_id: contact.botId,
    mri: actor.mri,
    seen_at: services.clock.now().getTime(),
    dead_since: null,
  };
  await services.store.write((tx) =>
    tx
      .insertInto('conversations')
      .values({ person: actor.objectId, ...learned })
      .onConflict((conflict) => conflict.column('person').doUpdateSet(learned))
      .execute(),
  );
}

/** The card lives in that message now, so later pictures are put there instead of into a new message. */
export async function place(
  services: HouseServices,
  ref: string,
  where: Place & { readonly activityId: string },
): Promise<void> {
  await services.store.write((tx) =>
    tx
      .updateTable('cards')
      .set({ conversation_id: where.conversationId, activity_id: where.activityId })
      .where('ref', '=', ref)
      .execute(),
  );
  services.wake();
}
