import { z } from 'zod/v4';
import { day } from '../../../base/clock.js';
import { changeCard, openCard } from '../../../jobs/cards.js';
import { enqueue } from '../../../jobs/enqueue.js';
import type { JobHandler, JobResult } from '../../../jobs/job.js';
import { nextNotice, outsideQuiet } from '../../../policy/notices.js';
import type { CardRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { aboutOf } from '../packets.js';
import { followJob } from '../sweep/follow-job.js';
import {
  type Due,
  freshenReminder,
  isOpen,
  liveReminder,
  reminderCard,
  reminderPurpose,
  retireReminder,
  runningFor,
} from './reminder-card.js';
import { stillLeft } from './still-left.js';

const payload = z.object({ person: z.string() });

/** One message for everything that waits for one person, less and less often, and none when nothing is left. */
export function remind(services: HouseServices): JobHandler {
  return async (job) => {
    const { person } = payload.parse(job.payload);
    const now = services.clock.now();
    if (services.policy.flows.reviews === 'off') return again(now.getTime() + day);
    const earliest = await notBefore(services, person, now);
    if (earliest > now) return again(earliest.getTime());
    const running = await runningFor(services, person);
    if (running.length === 0) {
      await nothingLeft(services, person);
      return { kind: 'done' };
    }
    const due = await stillLeft(services, running.filter(isOpen));
    // Finished: nothing is said. They may take a decision back, and then there is something to be reminded of.
    if (due.length === 0) {
      await nothingLeft(services, person);
      return again(nextNotice(services.policy.notices, now, lastGap(services)).getTime());
    }
    await send(services, person, due);
    services.wake();
    const sent = 1 + Math.min(...due.map(({ packet }) => packet.reminded));
    return again(nextNotice(services.policy.notices, now, sent).getTime());
  };
}

function again(at: number): JobResult {
  return { kind: 'again', at: new Date(at) };
}

async function nothingLeft(services: HouseServices, person: string): Promise<void> {
  const row = await liveReminder(services, person);
  if (row !== undefined) await freshenReminder(services, row);
  services.wake();
}

function lastGap({ policy }: HouseServices): number {
  return policy.notices.gaps.length;
}

/** Nobody is written to at night, nor twice in a short time: not for a new review, and not by a job that runs again. */
async function notBefore({ store, policy }: HouseServices, person: string, now: Date): Promise<Date> {
  const last = await store.db
    .selectFrom('cards')
    .select('created_at')
    .where('kind', '=', 'reviews.reminder')
    .where('person', '=', person)
    .where('created_at', '<=', now.getTime())
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
  const rested = last === undefined ? 0 : last.created_at + (policy.notices.gaps[0] ?? day);
  return outsideQuiet(policy.notices, new Date(Math.max(now.getTime(), rested)));
}

async function send(services: HouseServices, person: string, due: readonly Due[]): Promise<void> {
  const { store, clock } = services;
  const before: CardRow | undefined = await liveReminder(services, person);
  const latest = Math.max(...due.map(({ review }) => review.ends_at));
  await store.write(async (tx) => {
    if (before !== undefined) await retireReminder(tx, services, before);
    const { ref } = await openCard(tx, services, {
      flow: 'reviews',
      kind: 'reviews.reminder',
      item: `person:${person}`,
      person,
      purpose: reminderPurpose(person),
      expiresAt: new Date(latest),
    });
    await changeCard(tx, clock, ref, reminderCard(services, due), { force: true });
    await tx
      .updateTable('packets')
      .set((row) => ({ reminded: row('reminded', '+', 1) }))
      .where(
        'ref',
        'in',
        due.map(({ packet }) => packet.ref),
      )
      .execute();
    // What they took back elsewhere was not asked for before now.
    for (const { instance_id: instance } of due.flatMap(({ review }) =>
      aboutOf(review).selfReview ? [review] : [],
    )) {
      await enqueue(tx, clock, followJob({ instance, person }));
    }
  });
}
