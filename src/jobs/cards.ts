import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Clock } from '../base/clock.js';
import type { Ids } from '../base/ids.js';
import { canonicalJson, type Json } from '../base/json.js';
import type { Card } from '../cards/card.js';
import type { CardRow, Schema } from '../store/schema.js';
import type { Tx } from '../store/store.js';
import { enqueue } from './enqueue.js';

export interface NewCard {
  readonly flow: string;
  readonly kind: string;
  readonly item: string;
  readonly person: string;
  readonly purpose: string;
  readonly expiresAt: Date;
}

export function cardByRef(db: Kysely<Schema>, ref: string): Promise<CardRow | undefined> {
  return db.selectFrom('cards').selectAll().where('ref', '=', ref).executeTakeFirst();
}

/** The open card for this purpose, fresh again, or a new one: asking twice gives one card, on which two clicks meet. */
export async function openCard(tx: Tx, ports: { clock: Clock; ids: Ids }, card: NewCard): Promise<CardRow> {
  const row: CardRow = {
    ref: ports.ids.ref(),
    flow: card.flow,
    kind: card.kind,
    item: card.item,
    person: card.person,
    purpose: card.purpose,
    state: 'open',
    version: 0,
    shown_version: 0,
    picture: '',
    conversation_id: null,
    activity_id: null,
    created_at: ports.clock.now().getTime(),
    expires_at: card.expiresAt.getTime(),
  };
  // One statement: between an insert that found the card and a look at it, another instance could make it final.
  const opened = await tx
    .insertInto('cards')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('purpose')
        .where('state', '=', sql.lit('open'))
        .doUpdateSet({ expires_at: card.expiresAt.getTime() }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  // Its reader would be shown a card whose buttons are not theirs.
  if (opened.person !== card.person) throw new TypeError(`A purpose of two people: ${card.purpose}`);
  return opened;
}

/**
 * Gives a card a new picture and queues its delivery in the same transaction. A picture that is already the newest
 * is not sent again, so whoever notices a change may call this without asking who noticed first. A final card takes
 * final pictures only: who comes late with an older view of things does not open it again.
 */
export async function changeCard(
  tx: Tx,
  clock: Clock,
  ref: string,
  card: Card,
  options: { readonly final?: boolean; readonly force?: boolean } = {},
): Promise<void> {
  const picture = pictureOf(card);
  const state = options.final === true ? 'final' : 'open';
  const changed = await tx
    .updateTable('cards')
    .set((row) => ({ version: row('version', '+', 1), picture, state }))
    .where('ref', '=', ref)
    .where('state', 'in', state === 'final' ? ['open', 'final'] : ['open'])
    .where((row) =>
      options.force === true
        ? row.val(true)
        : row.or([row('picture', '<>', picture), row('state', '<>', state)]),
    )
    .returning('version')
    .executeTakeFirst();
  if (changed === undefined) return;
  await enqueue(tx, clock, {
    kind: 'card.deliver',
    key: deliveryKey(ref, changed.version),
    payload: { ref, version: changed.version, card: toJson(card) },
  });
}

/** One a picture, so that a picture under way is not mistaken for the next one. */
export function deliveryKey(ref: string, version: number): string {
  return `card:${ref}:${version}`;
}

export function pictureOf(card: Card): string {
  return createHash('sha256')
    .update(canonicalJson(toJson(card)))
    .digest('base64url');
}

/** As the payload of a job. */
export function toJson(card: Card): Json {
  return JSON.parse(JSON.stringify({ template: card.template, view: card.view }));
}
