import { z } from 'zod/v4';
import { day } from '../../../base/clock.js';
import type { Card } from '../../../cards/card.js';
import { userById } from '../../../graph/directory.js';
import { changeCard, openCard } from '../../../jobs/cards.js';
import { enqueue } from '../../../jobs/enqueue.js';
import type { JobHandler } from '../../../jobs/job.js';
import { tellChannel } from '../../../jobs/post-channel.js';
import type { ActivationRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import { portalRoles } from '../../links.js';
import type { HouseServices } from '../../turn.js';
import { activationById, itemOf, namedOf } from '../activations.js';
import type { EmergencyView } from '../cards/after-views.js';
import { askedView, time } from '../cards/status-card.js';
import { ownersOf } from '../owners.js';
import { targetView } from '../target.js';

const payload = z.object({ activation: z.string() });

/** Commits with the activation itself: an emergency use that nobody hears of must not be possible. */
export function raiseAlarm(tx: Tx, { clock }: HouseServices, activation: string): Promise<void> {
  return enqueue(tx, clock, { kind: 'pim.alarm', key: `pim.alarm:${activation}`, payload: { activation } });
}

/** Tells whoever answers for the role, whoever looks after security, and their channel. At any hour. */
export function alarm(services: HouseServices): JobHandler {
  return async (job) => {
    const row = await activationById(services, payload.parse(job.payload).activation);
    if (row === undefined) return { kind: 'done' };
    const { pim } = services.policy;
    const owners = (await ownersOf(services, row)).map(({ id }) => id);
    const told = new Set([...owners, ...pim.security.filter((id) => id !== row.person)]);
    const picture = await pictureOf(services, row);
    await services.store.write(async (tx) => {
      for (const person of told) {
        await tellOne(tx, services, { row, person, card: picture(owners.includes(person)) });
      }
      if (pim.securityChannel === undefined) return;
      const key = `emergency:${row.id}`;
      await tellChannel(tx, services.clock, { channel: pim.securityChannel, card: picture(false), key });
    });
    services.wake();
    return { kind: 'done' };
  };
}

async function pictureOf(services: HouseServices, row: ActivationRow): Promise<(reviewsIt: boolean) => Card> {
  const person = await userById(services.graph.reader(services.ids.guid()), row.person);
  const view: Omit<EmergencyView, 'reviewsIt'> = {
    person: person.name,
    jobTitle: person.jobTitle,
    target: targetView(services, namedOf(row)),
    asked: askedView(row),
    startsAt: time(row.starts_at),
    endsAt: time(row.ends_at),
    waiting: row.state === 'asked' || row.state === 'scheduled',
    portalUrl: portalRoles(row.kind),
  };
  return (reviewsIt) => ({ template: 'pim/emergency', view: { ...view, reviewsIt } });
}

async function tellOne(
  tx: Tx,
  services: HouseServices,
  { row, person, card }: { readonly row: ActivationRow; readonly person: string; readonly card: Card },
): Promise<void> {
  const purpose = `pim.emergency:${row.id}:${person}`;
  const before = await tx.selectFrom('cards').select('ref').where('purpose', '=', purpose).executeTakeFirst();
  if (before !== undefined) return;
  const { ref } = await openCard(tx, services, {
    flow: 'pim',
    kind: 'pim.emergency',
    item: itemOf(row.id),
    person,
    purpose,
    expiresAt: new Date(services.clock.now().getTime() + 30 * day),
  });
  await changeCard(tx, services.clock, ref, card, { final: true });
}
