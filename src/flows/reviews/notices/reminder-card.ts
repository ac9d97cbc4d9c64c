import { sql } from 'kysely';
import type { Card } from '../../../cards/card.js';
import { changeCard } from '../../../jobs/cards.js';
import type { CardRow, PacketRow, ReviewRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import { myAccess } from '../../links.js';
import { isTaken, letGo } from '../../taken-card.js';
import type { HouseServices } from '../../turn.js';
import { listRow } from '../cards/packet-card.js';
import type { ListView } from '../cards/views.js';

/** A review that waits for somebody, as far as the bot knows. */
export interface Due {
  readonly packet: PacketRow;
  readonly review: ReviewRow;
}

/** Of one person: the reviews that still run and have a card, the most urgent first. */
export async function runningFor({ store, clock }: HouseServices, person: string): Promise<readonly Due[]> {
  const { db } = store;
  const packets = await db
    .selectFrom('packets')
    .innerJoin('cards', 'cards.ref', 'packets.ref')
    .selectAll('packets')
    .where('packets.person', '=', person)
    .where('cards.state', '=', 'open')
    .execute();
  if (packets.length === 0) return [];
  const reviews = await db
    .selectFrom('reviews')
    .selectAll()
    .where(
      'instance_id',
      'in',
      packets.map((packet) => packet.instance_id),
    )
    .where('state', '=', 'running')
    .where('ends_at', '>', clock.now().getTime())
    .execute();
  const byId = new Map(reviews.map((review) => [review.instance_id, review]));
  const due = packets.flatMap((packet): Due[] => {
    const review = byId.get(packet.instance_id);
    return review === undefined || review.stage_id !== packet.stage_id ? [] : [{ packet, review }];
  });
  return due.sort((a, b) => a.review.ends_at - b.review.ends_at);
}

/** Nothing is left to decide of what is finished, by this reader or by everybody together. */
export function isOpen({ packet, review }: Due): boolean {
  return packet.left_over !== 0 && review.undecided !== 0;
}

/** The reader's own count may be old, that of the whole review is everybody's; -1: neither is known. */
function leftOf({ packet, review }: Due): number {
  const known = [packet.left_over, review.undecided].filter((left) => left >= 0);
  return known.length === 0 ? -1 : Math.min(...known);
}

const shownAtMost = 8;

export function reminderCard(services: HouseServices, due: readonly Due[]): Card {
  const view: ListView = {
    why: 'reminder',
    reviews: due
      .slice(0, shownAtMost)
      .map(({ packet, review }) =>
        listRow(services, review, { ref: packet.ref, left: leftOf({ packet, review }) }),
      ),
    more: Math.max(0, due.length - shownAtMost),
    portalUrl: myAccess(services.tenantId, 'access-reviews'),
  };
  return { template: 'reviews/list', view };
}

export function reminderPurpose(person: string): string {
  return `reviews.reminder:${person}`;
}

/** A reminder must not ask for what was done since, nor for a review that is over. Without people: everybody's. */
export async function freshenReminders(
  services: HouseServices,
  review: ReviewRow,
  people?: readonly string[],
): Promise<void> {
  if (people?.length === 0) return;
  const over = review.state !== 'running' || review.undecided === 0;
  const rows = await services.store.db
    .selectFrom('packets')
    .innerJoin('cards', (join) =>
      join
        .on('cards.purpose', '=', sql<string>`'reviews.reminder:' || packets.person`)
        .on('cards.state', '=', sql.lit('open')),
    )
    .selectAll('cards')
    .distinct()
    .where('packets.instance_id', '=', review.instance_id)
    .$if(people !== undefined, (query) => query.where('packets.person', 'in', people ?? []))
    .$if(!over, (query) =>
      query.where((row) =>
        row.or([row('packets.left_over', '=', 0), row('packets.stage_id', '<>', review.stage_id)]),
      ),
    )
    .execute();
  for (const row of rows) await freshenReminder(services, row);
}

export async function freshenReminder(services: HouseServices, row: CardRow): Promise<void> {
  const due = (await runningFor(services, row.person)).filter(isOpen);
  await services.store.write((tx) => showReminder(tx, services, row, due));
}

export function liveReminder({ store }: HouseServices, person: string): Promise<CardRow | undefined> {
  return store.db
    .selectFrom('cards')
    .selectAll()
    .where('purpose', '=', reminderPurpose(person))
    .where('state', '=', 'open')
    .executeTakeFirst();
}

async function showReminder(
  tx: Tx,
  services: HouseServices,
  row: CardRow,
  due: readonly Due[],
): Promise<void> {
  if (await isTaken(tx, row)) return letGo(tx, row.ref);
  // A message that never arrived is not sent only to say that there is nothing.
  if (due.length === 0 && row.activity_id === null) return letGo(tx, row.ref);
  const final = due.length === 0;
  await changeCard(tx, services.clock, row.ref, reminderCard(services, due), { final });
}

/** The one before the next: of two reminders only the newer one counts. */
export async function retireReminder(tx: Tx, services: HouseServices, row: CardRow): Promise<void> {
  if (await isTaken(tx, row)) return letGo(tx, row.ref);
  // One that did not arrive yet becomes the next one.
  if (row.activity_id === null) return;
  await changeCard(tx, services.clock, row.ref, { template: 'shared/moved', view: {} }, { final: true });
}
