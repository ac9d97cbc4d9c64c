import { day } from '../base/clock.js';
import type { Actor } from '../identity/actor.js';
import { bringParked } from '../jobs/parked.js';
import { retire } from '../jobs/retire-card.js';
import type { ConversationRow } from '../store/schema.js';
import type { Tx } from '../store/store.js';
import type { Place } from './flow.js';
import type { HouseServices } from './turn.js';

interface Contact {
  readonly conversationId: string;
  readonly serviceUrl: string;
  readonly botId: string;
}

/**
 * Addresses come from authenticated activities only: our token goes wherever they point. Whoever could not be reached
 * and is heard of again gets what waited for them.
 */
export async function meet(services: HouseServices, actor: Actor, contact: Contact): Promise<void> {
  const now = services.clock.now().getTime();
  const known = await services.store.db
    .selectFrom('conversations')
    .selectAll()
    .where('person', '=', actor.objectId)
    .executeTakeFirst();
  if (known !== undefined && isSame(known, contact) && now - known.seen_at < day) return;
  const learned = {
    tenant_id: actor.tenantId,
    conversation_id: contact.conversationId,
    service_url: contact.serviceUrl,
    bot_id: contact.botId,
    mri: actor.mri,
    seen_at: now,
    dead_since: null,
  };
  await services.store.write(async (tx) => {
    await tx
      .insertInto('conversations')
      .values({ person: actor.objectId, ...learned })
      .onConflict((conflict) => conflict.column('person').doUpdateSet(learned))
      .execute();
    await bringParked(tx, services.clock, actor.objectId);
  });
  services.wake();
}

function isSame(known: ConversationRow, { conversationId, serviceUrl }: Contact): boolean {
  return (
    known.dead_since === null &&
    known.conversation_id === conversationId &&
    known.service_url === serviceUrl &&
    known.mri !== ''
  );
}

/** The card lives in that message now: later pictures go there, and the message it lived in before says so. */
export async function place(
  services: HouseServices,
  ref: string,
  where: Place & { readonly activityId: string },
): Promise<void> {
  const address = { conversation_id: where.conversationId, activity_id: where.activityId };
  await services.store.write(async (tx) => {
    const before = await tx
      .selectFrom('cards')
      .select(['conversation_id', 'activity_id', 'person'])
      .where('ref', '=', ref)
      .executeTakeFirst();
    await tx.updateTable('cards').set(address).where('ref', '=', ref).execute();
    if (before?.activity_id == null || before.activity_id === where.activityId) return;
    await retire(tx, services.clock, { person: before.person, activityId: before.activity_id });
  });
  services.wake();
}

/** The address of this person's client, for cards that it is to look at again; empty: they have never been met. */
export async function mriOf(tx: Tx, person: string): Promise<string> {
  const known = await tx
    .selectFrom('conversations')
    .select('mri')
    .where('person', '=', person)
    .executeTakeFirst();
  return known?.mri ?? '';
}
