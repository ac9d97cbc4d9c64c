import { minute } from '../../../base/clock.js';
import type { InstanceInfo, Reviewer, ReviewInfo, ReviewPlace } from '../../../graph/access-review.js';
import { undecided } from '../../../graph/access-review.js';
import type { GraphReader } from '../../../graph/graph.js';
import { decisionTotals } from '../../../graph/review-progress.js';
import { stageReviewers } from '../../../graph/stage-reviewers.js';
import { changeCard } from '../../../jobs/cards.js';
import { enqueue } from '../../../jobs/enqueue.js';
import type { ReviewRow } from '../../../store/schema.js';
import { mriOf } from '../../people.js';
import type { HouseServices } from '../../turn.js';
import { packetCard } from '../cards/packet-card.js';
import { firstReminder } from '../notices/remind-job.js';
import { openPacket } from '../packets.js';
import { endPackets } from './end-packets.js';
import { openPackets } from './open-packets.js';
import { isUncounted, rowFor, rowsOf, stillClosed } from './review-rows.js';
import { timeOf } from './time-of.js';

/** A review that runs now, and where: in it, or in the stage that is at work. */
export interface Running {
  readonly info: ReviewInfo;
  readonly instance: InstanceInfo;
  readonly place: ReviewPlace;
  /** Of the stage, where there are stages. */
  readonly endsAt: string;
  readonly stage: { readonly number: number; readonly startsAt: string } | undefined;
  /** The series is new, or was changed. */
  readonly changed: boolean;
}

export interface Brought {
  readonly opened: number;
  /** Instances of which all reviewers have their card now. */
  readonly done: ReadonlySet<string>;
}

/** Cards for everybody who has to review, once; nobody who lost the task keeps buttons. */
export async function bringIn(
  services: HouseServices,
  reader: GraphReader,
  running: readonly Running[],
  reviewers: ReadonlyMap<string, readonly Reviewer[]>,
): Promise<Brought> {
  const rows = await rowsOf(services, running);
  const closed = await stillClosed(reader, running, rows);
  const anew = running.filter((each) => isUncounted(each, rows.get(each.instance.id)));
  const places = anew.map(({ place }) => place);
  const [left, totals] = await Promise.all([undecided(reader, places), decisionTotals(reader, places)]);
  const done = new Set<string>();
  let opened = 0;
  for (const each of running) {
    const { id } = each.instance;
    if (closed.has(id)) continue;
    const counts = { left: left.get(id) ?? -1, total: totals.get(id) ?? -1 };
    try {
      const review = await rowFor(services, reader, each, { row: rows.get(id), counts });
      const asked = reviewers.get(id) ?? [];
      const wanted = await ofStage(reader, each, asked);
      opened += await askAll(services, review, { wanted, contacted: asked });
      if (asked.length > 0) done.add(id);
    } catch (error) {
      services.log.warn({ error, review: id }, 'the cards of a review could not be made');
    }
  }
  return { opened, done };
}

const atATime = 25;

interface Asked {
  readonly wanted: readonly string[];
  /** In any stage. */
  readonly contacted: readonly Reviewer[];
}

async function askAll(
  services: HouseServices,
  review: ReviewRow,
  { wanted, contacted }: Asked,
): Promise<number> {
  const open = (await openPackets(services, review.instance_id)).filter(
    ({ stage_id }) => stage_id === review.stage_id,
  );
  const all = new Set(contacted.map(({ id }) => id));
  // One that its reader opened out of a list has a place in it, but no message and no reminder yet.
  const sent = open.filter(({ version }) => version > 0);
  // An empty list is a list that is not made yet: nobody loses a card over it.
  const gone = all.size === 0 ? [] : sent.filter(({ person }) => !all.has(person));
  await endPackets(services, review, gone, { why: 'removed' });
  const has = new Set(sent.map(({ person }) => person));
  const missing = [...new Set(wanted)].filter((person) => !has.has(person));
  for (let start = 0; start < missing.length; start += atATime) {
    await introduce(services, review, missing.slice(start, start + atATime));
  }
  return missing.length;
}

/**
 * Entra keeps one list of everybody it has asked, with the day it asked them first. Who is asked in a later stage was
 * asked when that began, or is one whom it names and an earlier stage had asked before.
 */
async function ofStage(
  reader: GraphReader,
  { stage, place, instance, info }: Running,
  contacted: readonly Reviewer[],
): Promise<readonly string[]> {
  const all = contacted.map(({ id }) => id);
  if (stage === undefined || stage.number === 1 || place.stageId === undefined) return all;
  const begins = timeOf(stage.startsAt, Number.NaN) - minute;
  const later = contacted.filter(({ since }) => timeOf(since, 0) >= begins).map(({ id }) => id);
  if (later.length === all.length) return all;
  const scope = instance.scope.id === '' ? info.scope : instance.scope;
  const group = scope.kind === 'group' || scope.kind === 'pim-group' ? scope.id : undefined;
  const named = await stageReviewers(reader, { ...place, stageId: place.stageId }, group);
  const asked = all.filter((id) => later.includes(id) || named.has(id));
  return asked.length > 0 ? asked : all;
}

/** Row, picture and reminder commit together; who has an open card for the same keeps it. */
async function introduce(
  services: HouseServices,
  review: ReviewRow,
  people: readonly string[],
): Promise<void> {
  const { store, clock } = services;
  await store.write(async (tx) => {
    for (const person of people) {
      const { ref } = await openPacket(tx, services, review, person);
      const packet = await tx
        .selectFrom('packets')
        .selectAll()
        .where('ref', '=', ref)
        .executeTakeFirstOrThrow();
      await changeCard(tx, clock, ref, packetCard(services, review, packet, await mriOf(tx, person)));
      await enqueue(tx, clock, firstReminder(services, person));
    }
  });
  services.wake();
}
