import { z } from 'zod/v4';
import { changeCard } from '../../../jobs/cards.js';
import { enqueue } from '../../../jobs/enqueue.js';
import type { JobHandler } from '../../../jobs/job.js';
import type { CardRow } from '../../../store/schema.js';
import { mriOf } from '../../people.js';
import type { HouseServices } from '../../turn.js';
import { caseKind, openCaseCard } from '../cards/case-row.js';
import { type Case, caseById, isOpen } from '../cases.js';
import { isBeingRead } from '../issue/being-read.js';
import { newAddressees } from './addressees.js';
import { cardFor, isFinal } from './card-for.js';
import { cardsOf, openCaseRow } from './card-rows.js';
import { escalateJob } from './escalate.js';
import { lookJob } from './look.js';

const payload = z.object({ id: z.string() });

/** Queued with each change of a case. */
export function showCaseJob(services: HouseServices): JobHandler {
  return async (job) => {
    await showCase(services, payload.parse(job.payload).id);
    return { kind: 'done' };
  };
}

/** All cards of a case, made from what is known of it now. Calling it twice changes nothing the second time. */
export async function showCase(services: HouseServices, id: string): Promise<void> {
  const one = await caseById(services, id);
  if (one === undefined) return;
  await queueNext(services, one);
  const failed: unknown[] = [];
  try {
    await introduce(services, one);
  } catch (error) {
    // Whoever has a card already must not wait for those who cannot be found just now.
    failed.push(error);
  }
  for (const row of await cardsOf(services, id)) {
    try {
      await showOne(services, one, row);
    } catch (error) {
      // One that cannot be made now must not hold up the others.
      failed.push(error);
    }
  }
  services.wake();
  if (failed.length > 0) throw failed[0];
}

async function queueNext(services: HouseServices, one: Case): Promise<void> {
  if (!isOpen(one)) return;
  await services.store.write(async (tx) => {
    if (one.about.flags === undefined) await enqueue(tx, services.clock, lookJob(one.id));
    await enqueue(tx, services.clock, escalateJob(services, one));
  });
}

async function introduce(services: HouseServices, one: Case): Promise<void> {
  const added = await newAddressees(services, one, await cardsOf(services, one.id));
  if (added.length === 0) return;
  await services.store.write(async (tx) => {
    for (const to of added) {
      if (to.kind === caseKind) await openCaseCard(tx, services, one, to.person);
      else await openCaseRow(tx, services, one, to);
    }
  });
}

async function showOne(services: HouseServices, one: Case, row: CardRow): Promise<void> {
  if (await isBeingRead(services, row.ref)) return;
  const final = isFinal(one, row);
  // What is over does not change any more: nobody's client has to look again.
  const mri = final ? '' : await services.store.write((tx) => mriOf(tx, row.person));
  const picture = await cardFor(services, one, row, { mri });
  if (picture === undefined) return;
  await services.store.write(async (tx) => {
    await changeCard(tx, services.clock, row.ref, picture, { final });
  });
}
