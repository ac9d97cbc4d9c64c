import { z } from 'zod/v4';
import { day } from '../../base/clock.js';
import type { ReviewPlace } from '../../graph/access-review.js';
import { openCard } from '../../jobs/cards.js';
import type { CardRow, PacketRow, ReviewRow } from '../../store/schema.js';
import type { Tx } from '../../store/store.js';
import type { HouseServices } from '../turn.js';
import { placeIn } from './claimed-place.js';

/** What the bot itself knows about a review, kept so that a card can be made before its reader has clicked. */
const about = z.object({
  review: z.string(),
  note: z.string(),
  createdById: z.string(),
  createdByName: z.string(),
  kind: z.enum(['group', 'pim-group', 'application', 'package', 'role', 'other']),
  id: z.string(),
  /** Of a package. */
  catalogId: z.string().optional(),
  name: z.string(),
  /** A package that brings this access back; empty: none. */
  wayBack: z.string(),
  description: z.string(),
  owners: z.array(z.string()),
  noOwner: z.boolean(),
  noDescription: z.boolean(),
  /** Everybody decides about their own access. */
  selfReview: z.boolean(),
  /** 1 of 2; zeros where there are no stages. */
  stageNumber: z.number(),
  stageCount: z.number(),
  total: z.number(),
});

export type About = z.infer<typeof about>;

export function aboutOf(row: ReviewRow): About {
  return about.parse(JSON.parse(row.about));
}

/** One card and one place in the list for one reviewer of one stage; asking again gives the same. */
export async function openPacket(
  tx: Tx,
  services: HouseServices,
  review: ReviewRow,
  person: string,
): Promise<CardRow> {
  const { instance_id, stage_id } = review;
  const card = await openCard(tx, services, {
    flow: 'reviews',
    kind: 'reviews.packet',
    item: itemOf(instance_id),
    person,
    purpose: `reviews.packet:${instance_id}:${stage_id}:${person}`,
    expiresAt: new Date(review.ends_at + 30 * day),
  });
  const row: PacketRow = {
    ref: card.ref,
    instance_id,
    stage_id,
    person,
    mode: 'home',
    skip: 0,
    shown: '[]',
    left_over: -1,
    reminded: 0,
  };
  await tx
    .insertInto('packets')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return card;
}

export function itemOf(instanceId: string): string {
  return `reviewInstance:${instanceId}`;
}

export function placeOf(row: Pick<ReviewRow, 'definition_id' | 'instance_id' | 'stage_id'>): ReviewPlace {
  return placeIn({ definitionId: row.definition_id, instanceId: row.instance_id, stageId: row.stage_id });
}

export function packetByRef(services: HouseServices, ref: string): Promise<PacketRow | undefined> {
  return services.store.db.selectFrom('packets').selectAll().where('ref', '=', ref).executeTakeFirst();
}

export function reviewById(services: HouseServices, instanceId: string): Promise<ReviewRow | undefined> {
  return services.store.db
    .selectFrom('reviews')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .executeTakeFirst();
}

/** With `from`, only if nobody has changed it since it was read. */
export async function changePacket(
  services: HouseServices,
  ref: string,
  change: Partial<Pick<PacketRow, 'mode' | 'skip' | 'shown' | 'left_over'>>,
  from?: PacketRow,
): Promise<void> {
  await services.store.write((tx) =>
    tx
      .updateTable('packets')
      .set(change)
      .where('ref', '=', ref)
      .$if(from !== undefined, (same) =>
        same
          .where('mode', '=', from?.mode ?? 'home')
          .where('skip', '=', from?.skip ?? 0)
          .where('shown', '=', from?.shown ?? ''),
      )
      .execute(),
  );
}

/** What was decided here is counted at once, so that a sweep does not take it for news from elsewhere. */
export async function countDecided(tx: Tx, instanceId: string, change: number): Promise<void> {
  if (change === 0) return;
  const counted = await tx
    .updateTable('reviews')
    .set((row) => ({ undecided: row('undecided', '+', change) }))
    .where('instance_id', '=', instanceId)
    .where('undecided', '>=', Math.max(0, -change))
    .returningAll()
    .executeTakeFirst();
  // Where everybody answers for themselves, what one of them takes back is nobody else's.
  if (change > 0 && counted !== undefined && !aboutOf(counted).selfReview) await begunAgain(tx, instanceId);
}

/** Something is undecided again, and it may be anybody's: nobody is known to have finished. */
export async function begunAgain(tx: Tx, instanceId: string): Promise<void> {
  await tx
    .updateTable('packets')
    .set((row) => ({
      left_over: -1,
      // Their message says "done": whom they looked at last is no place to be kept from a new one.
      shown: row.case().when('mode', '=', 'home').then('[]').else(row.ref('shown')).end(),
    }))
    .where('instance_id', '=', instanceId)
    .where('left_over', '=', 0)
    .execute();
}
