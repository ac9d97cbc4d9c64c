import type { Card } from '../../../cards/card.js';
import { undecided } from '../../../graph/access-review.js';
import { changeCard, pictureOf } from '../../../jobs/cards.js';
import type { JobHandler } from '../../../jobs/job.js';
import type { ReviewRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import type { HouseServices } from '../../turn.js';
import { closedCard } from '../cards/over-card.js';
import { packetCard } from '../cards/packet-card.js';
import { freshenReminders } from '../notices/reminder-card.js';
import { aboutOf, placeOf, reviewById } from '../packets.js';
import { changedPackets, isBusy } from './changed-packets.js';
import { type End, endPackets } from './end-packets.js';
import { type Follow, followPayload } from './follow-job.js';
import { noteCount } from './note-count.js';
import { type OpenPacket, openPackets, type Which } from './open-packets.js';
import { tallies } from './tallies.js';

/** Keeps every card of one review true: after a decision here or elsewhere, and when it is over. */
export function follow(services: HouseServices): JobHandler {
  return async (job) => {
    const news = followPayload.parse(job.payload);
    const review = await countedReview(services, news);
    if (services.policy.flows.reviews === 'off' || review === undefined) return { kind: 'done' };
    const which = whichOf(review, news);
    const open = await openPackets(services, review.instance_id, which);
    if (review.state !== 'running') {
      await endAll(services, review, open);
    } else {
      const earlier = open.filter((packet) => !goesOn(review, packet));
      await endPackets(services, review, earlier, { why: 'stage' });
      const later = open.filter((packet) => goesOn(review, packet));
      await freshen(services, review, later, news);
    }
    await freshenReminders(services, review, which && open.map(({ person }) => person));
    services.wake();
    return { kind: 'done' };
  };
}

/** Of many that were decided with one press Entra knows best how many are left; then it is no news to the next sweep. */
async function countedReview(services: HouseServices, news: Follow): Promise<ReviewRow | undefined> {
  const row = await reviewById(services, news.instance);
  const isCounted = news.item !== undefined || news.person !== undefined || news.elsewhere !== undefined;
  if (row?.state !== 'running' || services.policy.flows.reviews === 'off' || isCounted) return row;
  const counts = await undecided(services.graph.reader(services.ids.guid()), [placeOf(row)]);
  const left = counts.get(row.instance_id);
  if (left === undefined || left === row.undecided) return row;
  await services.store.write((tx) => noteCount(tx, row, { left }));
  return reviewById(services, news.instance);
}

/** Undefined: all packets. */
function whichOf(review: ReviewRow, news: Follow): Which | undefined {
  if (review.state !== 'running' || review.undecided === 0) return undefined;
  if (news.person !== undefined) return { person: news.person };
  return news.item !== undefined && isAlone(review, news) ? { item: news.item } : undefined;
}

function isAlone(review: ReviewRow, { item, elsewhere }: Follow): boolean {
  const oneSpoke = item !== undefined || elsewhere !== undefined;
  return oneSpoke && review.undecided !== 0 && aboutOf(review).selfReview;
}

function goesOn({ state, stage_id }: ReviewRow, packet: OpenPacket): boolean {
  return state === 'running' && packet.stage_id === stage_id;
}

async function endAll(
  services: HouseServices,
  review: ReviewRow,
  open: readonly OpenPacket[],
): Promise<void> {
  if (open.length === 0) return;
  const why: End['why'] = review.state === 'stopped' ? 'stopped' : 'ended';
  await endPackets(services, review, open, { why, tallies: await tallies(services, review) });
}

/** Every edit is a message to Teams: with so many readers only a step of the bar is worth one. */
const fewReaders = 30;
const steps = 20;
const atATime = 50;

async function freshen(
  services: HouseServices,
  review: ReviewRow,
  packets: readonly OpenPacket[],
  news: Follow,
): Promise<void> {
  const changed = await changedPackets(services, review, packets, news);
  const waiting = await beingRecorded(services);
  // Of thousands who answer for themselves one has done so: that makes no other card untrue.
  const alone = isAlone(review, news);
  const counted = packets.length > fewReaders ? inSteps(review) : review;
  const due = packets.flatMap((packet): readonly Fresh[] => {
    const { person, picture, version, ref } = packet;
    const shown = changed.get(ref);
    if (alone && shown === undefined) return [];
    // One that was never sent is still to be introduced, with its reminder.
    if (
      person === news.except ||
      version === 0 ||
      waiting.has(ref) ||
      (isBusy(packet) && shown === undefined)
    )
      return [];
    const card = showing(services, counted, packet);
    return shown !== undefined || pictureOf(card) !== picture ? [{ packet, card, shown }] : [];
  });
  for (let start = 0; start < due.length; start += atATime) {
    await services.store.write(async (tx) => {
      for (const fresh of due.slice(start, start + atATime)) await sendFresh(tx, services, fresh);
    });
  }
}

/** Cards that say "being recorded" get their outcome, and nothing else before. */
async function beingRecorded({ store }: HouseServices): Promise<ReadonlySet<string>> {
  const rows = await store.db
    .selectFrom('claims')
    .select('card_ref')
    .where('state', '=', 'claimed')
    .where('effect', 'in', ['reviews.decide', 'reviews.bulk'])
    .execute();
  return new Set(rows.map(({ card_ref }) => card_ref));
}

interface Fresh {
  readonly packet: OpenPacket;
  readonly card: Card;
  /** Of a card that is sent anew although its picture is the same: its client looks again, and finds this. */
  readonly shown: string | undefined;
}

async function sendFresh(tx: Tx, services: HouseServices, { packet, card, shown }: Fresh): Promise<void> {
  const { ref } = packet;
  if (shown === undefined) return changeCard(tx, services.clock, ref, card);
  const still = await tx
    .updateTable('packets')
    .set({ shown })
    .where('ref', '=', ref)
    .where('shown', '=', packet.shown)
    .executeTakeFirst();
  // Its reader pressed a button meanwhile, and has something newer before them.
  if (still.numUpdatedRows > 0n) await changeCard(tx, services.clock, ref, card, { force: true });
}

function showing(services: HouseServices, review: ReviewRow, packet: OpenPacket) {
  const finished = packet.left_over === 0;
  if (finished && packet.mode === 'home') return closedCard(services, review, 'finished', packet.ref);
  if (!finished && review.undecided === 0) return closedCard(services, review, 'decided', packet.ref);
  return packetCard(services, review, packet, packet.mri);
}

/** As it stood at the last step of the bar; only that nobody is left is told at once. */
function inSteps(review: ReviewRow): ReviewRow {
  const { total } = aboutOf(review);
  if (total <= 0 || review.undecided <= 0) return review;
  const step = Math.ceil(total / steps);
  const decided = Math.floor(Math.max(0, total - review.undecided) / step) * step;
  return { ...review, undecided: Math.max(1, total - decided) };
}
