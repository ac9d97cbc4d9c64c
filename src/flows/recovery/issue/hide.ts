import { z } from 'zod/v4';
import { cardByRef, changeCard } from '../../../jobs/cards.js';
import type { JobHandler } from '../../../jobs/job.js';
import { mriOf } from '../../people.js';
import type { HouseServices } from '../../turn.js';
import { issueCard } from '../cards/issue-card.js';
import { caseOf, isOpen } from '../cases.js';

const payload = z.object({ ref: z.string() });

/** Puts the case back into the message in which a pass stood. */
export function hide(services: HouseServices): JobHandler {
  return async (job) => {
    const { ref } = payload.parse(job.payload);
    const row = await cardByRef(services.store.db, ref);
    const one = row && (await caseOf(services, row));
    if (row === undefined || one === undefined) return { kind: 'done' };
    const final = !isOpen(one);
    const mri = final ? '' : await services.store.write((tx) => mriOf(tx, row.person));
    const card = await issueCard(services, one, { person: row.person, ref, mri });
    // Forced: what the message shows was never a picture of this card, so the same picture as before is news.
    await services.store.write((tx) => changeCard(tx, services.clock, ref, card, { final, force: true }));
    services.wake();
    return { kind: 'done' };
  };
}
