import { z } from 'zod/v4';
import { record } from '../audit/record.js';
import { type Clock, day, hour, minute, second } from '../base/clock.js';
import type { CardRow, ConversationRow } from '../store/schema.js';
import type { Store } from '../store/store.js';
import { cardByRef } from './cards.js';
import type { Chat, Delivery } from './delivery.js';
import type { JobHandler, JobResult } from './job.js';
import { olderDelivery } from './older-delivery.js';

const payload = z.object({
  ref: z.string(),
  version: z.number(),
  /** How often it was waited whether a lost post shows up. */
  waits: z.number().default(0),
  /** How often it was tried in vain to reach the reader. */
  parked: z.number().default(0),
  /** How often it was looked whether an older picture has arrived. */
  looks: z.number().default(0),
  card: z.object({ template: z.string(), view: z.record(z.string(), z.json()) }),
});

export interface DeliverServices {
  readonly store: Store;
  readonly clock: Clock;
  readonly delivery: Delivery;
}

type Order = z.infer<typeof payload>;

const mostWaits = 5;
const done: JobResult = { kind: 'done' };

/**
 * Brings one picture of one card to its reader. A post whose answer was lost is not repeated blindly: the job waits,
 * and if the reader has pressed the card meanwhile we know its address and edit it. Without any sign it is posted
 * again, because a card twice does no harm and a card that never came does (docs/decisions/0005).
 */
export function deliverCard(services: DeliverServices): JobHandler {
  return async (job) => {
    const order = payload.parse(job.payload);
    const { ref, version } = order;
    const { db } = services.store;
    // Before the card is looked at: an older delivery that is over now has left the address there.
    const older = await olderDelivery(db, ref, version);
    const row = await cardByRef(db, ref);
    // A newer picture has a delivery of its own.
    if (row === undefined || row.shown_version >= version || row.version > version) return done;
    const chat = (await chatOf(services.store, row.person)) ?? (await openChat(services, row.person));
    // Found dead by another card: this one waits too, and tries by itself later.
    const dead = chat?.dead_since !== null && order.parked === 0;
    if (chat === undefined || dead) return park(services, row, order, 'jobs.no-chat');
    if (older !== undefined) return afterOlder(services, { row, chat, order }, older);
    return row.activity_id === null
      ? post(services, { row, chat, order })
      : edit(services, { row, chat, order });
  };
}

/**
 * Two posts under way would be two messages, and of two edits the older may arrive last. So a first post waits until
 * the older one is over; an edit is made at once, because people look at the card, and made again afterwards.
 */
async function afterOlder(
  services: DeliverServices,
  { row, chat, order }: Post,
  older: { readonly leased: boolean; readonly runAt: number },
): Promise<JobResult> {
  const now = services.clock.now().getTime();
  if (row.activity_id === null) return again(order, older.leased ? soon(now, order) : older.runAt);
  if (!older.leased) return edit(services, { row, chat, order });
  const result = await services.delivery.update(placeOf(row, chat), row.activity_id, order.card);
  if (result !== 'updated') return unreachable(services, { row, chat, order }, result);
  return again(order, soon(now, order));
}

function soon(now: number, order: Order): number {
  return now + (second / 2) * 2 ** Math.min(order.looks, 6);
}

function again(order: Order, at: number): JobResult {
  return { kind: 'again', at: new Date(at), payload: { ...order, looks: order.looks + 1 } };
}

async function edit(services: DeliverServices, { row, chat, order }: Post): Promise<JobResult> {
  const result = await services.delivery.update(placeOf(row, chat), row.activity_id ?? '', order.card);
  if (result !== 'updated') return unreachable(services, { row, chat, order }, result);
  await markShown(services, row, order.version, {});
  return done;
}

/** Somebody deleted the message: nobody reads it. Or they shut us out: then it still shows an old picture, and waits. */
async function unreachable(
  services: DeliverServices,
  { row, order }: Post,
  why: 'gone' | 'blocked',
): Promise<JobResult> {
  if (why === 'gone') return undeliverable(services, row, 'jobs.message-gone');
  await markDead(services, row.person);
  return park(services, row, order, 'jobs.blocked');
}

function placeOf(row: CardRow, chat: ConversationRow): Chat {
  return { conversationId: row.conversation_id ?? chat.conversation_id, serviceUrl: chat.service_url };
}

interface Post {
  readonly row: CardRow;
  readonly chat: ConversationRow;
  readonly order: Order;
}

async function post(services: DeliverServices, { row, chat, order }: Post): Promise<JobResult> {
  const place = { conversationId: chat.conversation_id, serviceUrl: chat.service_url };
  const result = await services.delivery.send(place, order.card);
  if (result.kind === 'uncertain') {
    const waits = order.waits + 1;
    if (waits > mostWaits) return undeliverable(services, row, 'jobs.fate-unknown');
    const at = new Date(services.clock.now().getTime() + waits * minute);
    return { kind: 'again', at, payload: { ...order, waits } };
  }
  if (result.kind === 'gone') {
    if (result.code === 'too-big') return undeliverable(services, row, result.code);
    await markDead(services, row.person);
    return park(services, row, order, result.code);
  }
  const address = { conversation_id: place.conversationId, activity_id: result.activityId };
  await markShown(services, row, order.version, address);
  return done;
}

async function markShown(
  services: DeliverServices,
  row: CardRow,
  version: number,
  address: { conversation_id?: string; activity_id?: string },
): Promise<void> {
  await services.store.write(async (tx) => {
    await tx
      .updateTable('cards')
      .set({ shown_version: version, ...address })
      .where('ref', '=', row.ref)
      .where('shown_version', '<', version)
      .execute();
    if (address.activity_id === undefined) return;
    await record(tx, services.clock, {
      kind: 'card.sent',
      actor: 'latchkey',
      item: row.item,
      reference: row.ref,
      data: { card: row.kind, person: row.person },
    });
  });
}

/**
 * A card is not lost because its reader could not be reached: it is tried again for as long as it is of use, and at
 * once when the person is heard of. The record has one line for it.
 */
async function park(services: DeliverServices, row: CardRow, order: Order, code: string): Promise<JobResult> {
  if (order.parked === 0) await undeliverable(services, row, code);
  const now = services.clock.now().getTime();
  if (now >= row.expires_at) return done;
  const at = new Date(now + Math.min(day, hour * 2 ** order.parked));
  return { kind: 'again', at, payload: { ...order, parked: order.parked + 1 } };
}

async function undeliverable(services: DeliverServices, row: CardRow, code: string): Promise<JobResult> {
  await services.store.write(async (tx) => {
    await record(tx, services.clock, {
      kind: 'card.undeliverable',
      actor: 'latchkey',
      item: row.item,
      reference: row.ref,
      data: { card: row.kind, person: row.person, code },
    });
  });
  return done;
}

/** Nobody has met this person yet. Any address Teams has given us leads to the same place, if the app is installed. */
async function openChat(services: DeliverServices, person: string): Promise<ConversationRow | undefined> {
  const { store, clock, delivery } = services;
  const known = await store.db
    .selectFrom('conversations')
    .selectAll()
    .orderBy('seen_at', 'desc')
    .executeTakeFirst();
  if (known === undefined) return undefined;
  const { tenant_id: tenantId, service_url: serviceUrl } = known;
  const chat = await delivery.openChat({ objectId: person, tenantId, serviceUrl });
  if ('kind' in chat) return undefined;
  const seenAt = clock.now().getTime();
  const row: ConversationRow = {
    ...known,
    person,
    conversation_id: chat.conversationId,
    mri: '',
    seen_at: seenAt,
    dead_since: null,
  };
  await store.write((tx) =>
    tx
      .insertInto('conversations')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
  return row;
}

/** Until the person installs the app again, which tells us so. */
async function markDead({ store, clock }: DeliverServices, person: string): Promise<void> {
  const since = clock.now().getTime();
  await store.write((tx) =>
    tx.updateTable('conversations').set({ dead_since: since }).where('person', '=', person).execute(),
  );
}

function chatOf(store: Store, person: string): Promise<ConversationRow | undefined> {
  return store.db.selectFrom('conversations').selectAll().where('person', '=', person).executeTakeFirst();
}
