import { z } from 'zod/v4';
import { day } from '../../../base/clock.js';
import { changeCard } from '../../../jobs/cards.js';
import type { JobHandler } from '../../../jobs/job.js';
import { nextNotice, outsideQuiet } from '../../../policy/notices.js';
import type { ActivationRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { activationById, itemOf } from '../activations.js';
import { ownersOf } from '../owners.js';
import { lookBackKind, lookBackOf, noteSent, openLookBacks, showOne } from './show.js';
import { readUseOr, type Use, unread } from './use.js';

const payload = z.object({ activation: z.string(), sent: z.number() });

/** The use of an emergency role is asked about again, less and less often, until somebody has closed it. */
export function remindLookBack(services: HouseServices): JobHandler {
  return async (job) => {
    const { activation, sent } = payload.parse(job.payload);
    const row = await activationById(services, activation);
    if (row?.look_back !== 'sent' || row.emergency === 0) return { kind: 'done' };
    const now = services.clock.now();
    if (services.policy.flows.pim === 'off') return { kind: 'again', at: new Date(now.getTime() + day) };
    const earliest = await notBefore(services, row, now);
    if (earliest > now) return { kind: 'again', at: earliest };
    await sendAgain(services, row, await readUseOr(services, row, job, unread));
    const at = nextNotice(services.policy.notices, now, sent + 1);
    return { kind: 'again', at, payload: { activation, sent: sent + 1 } };
  };
}

/** Nobody is written to at night, nor twice in a short time by a job that runs again. */
async function notBefore({ store, policy }: HouseServices, row: ActivationRow, now: Date): Promise<Date> {
  const last = await store.db
    .selectFrom('cards')
    .select('created_at')
    .where('kind', '=', lookBackKind)
    .where('item', '=', itemOf(row.id))
    .where('created_at', '<=', now.getTime())
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
  const rested = last === undefined ? 0 : last.created_at + (policy.notices.gaps[0] ?? day);
  return outsideQuiet(policy.notices, new Date(Math.max(now.getTime(), rested)));
}

/** An edit of the old message would not be noticed: it makes way for a new one. */
async function sendAgain(services: HouseServices, row: ActivationRow, use: Use): Promise<void> {
  const owners = await ownersOf(services, row);
  const found = await lookBackOf(services, row, use);
  await services.store.write(async (tx) => {
    if (!(await noteSent(tx, row.id, 'sent'))) return;
    const before = await openLookBacks(tx, row.id);
    for (const { id: person } of owners) {
      const old = before.find((card) => card.person === person);
      // One that did not arrive yet becomes the next one.
      if (old !== undefined && old.activity_id !== null) {
        const moved = { template: 'shared/moved', view: {} };
        await changeCard(tx, services.clock, old.ref, moved, { final: true });
      }
      await showOne(tx, services, found, person);
    }
  });
  services.wake();
}
