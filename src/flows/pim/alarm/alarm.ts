import { z } from 'zod/v4';
import { day } from '../../../base/clock.js';
import type { Card } from '../../../cards/card.js';
import { userById } from '../../../graph/directory.js';
import { changeCard, openCard } from '../../../jobs/cards.js';
import type { JobHandler } from '../../../jobs/job.js';
import { tellChannel } from '../../../jobs/post-channel.js';
import type { ActivationRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import { portalRoles } from '../../links.js';
import type { HouseServices } from '../../turn.js';
import { aboutOf, activationById, itemOf, namedOf } from '../activations.js';
import type { EmergencyView } from '../cards/after-views.js';
import { askedView, time } from '../cards/status-card.js';
import { ownersOf } from '../owners.js';
import { targetView } from '../target.js';

const payload = z.object({ activation: z.string() });

/**
 * Tells whoever looks after security and their channel, then whoever answers for the role. At any hour. The first part
 * needs nothing from Entra: who made themself unreadable, or an outage, must not keep it quiet.
 */
export function alarm(services: HouseServices): JobHandler {
  return async (job) => {
    const row = await activationById(services, payload.parse(job.payload).activation);
    if (row === undefined) return { kind: 'done' };
    const { security, securityChannel } = services.policy.pim;
    const jobTitle = await jobTitleOf(services, row);
    const others = security.filter((id) => id !== row.person);
    if (others.length === 0 && securityChannel === undefined) {
      services.log.error({ activation: row.id }, 'nobody can be told of an emergency use');
    }
    await services.store.write(async (tx) => {
      for (const person of others) await tellOne(tx, services, row, { person, jobTitle, reviewsIt: false });
      if (securityChannel === undefined) return;
      const card = pictureOf(services, row, { jobTitle, reviewsIt: false });
      await tellChannel(tx, services.clock, { channel: securityChannel, card, key: `emergency:${row.id}` });
    });
    services.wake();
    const owners = await ownersOf(services, row);
    await services.store.write(async (tx) => {
      for (const { id: person } of owners)
        await tellOne(tx, services, row, { person, jobTitle, reviewsIt: true });
    });
    services.wake();
    return { kind: 'done' };
  };
}

async function jobTitleOf(services: HouseServices, { id, person }: ActivationRow): Promise<string> {
  try {
    return (await userById(services.graph.reader(services.ids.guid()), person)).jobTitle;
  } catch (error) {
    services.log.warn({ error, activation: id }, 'the person of an emergency use could not be looked up');
    return '';
  }
}

interface Told {
  readonly jobTitle: string;
  readonly reviewsIt: boolean;
}

function pictureOf(services: HouseServices, row: ActivationRow, { jobTitle, reviewsIt }: Told): Card {
  const view: EmergencyView = {
    person: aboutOf(row).personName,
    jobTitle,
    target: targetView(services, namedOf(row)),
    asked: askedView(row),
    startsAt: time(row.starts_at),
    endsAt: time(row.ends_at),
    waiting: row.state === 'asked' || row.state === 'scheduled',
    reviewsIt,
    portalUrl: portalRoles(row.kind),
  };
  return { template: 'pim/emergency', view };
}

/** Once each; who looks after security and answers for the role too learns that from the same card. */
async function tellOne(
  tx: Tx,
  services: HouseServices,
  row: ActivationRow,
  { person, ...told }: Told & { readonly person: string },
): Promise<void> {
  const purpose = `pim.emergency:${row.id}:${person}`;
  const before = await tx.selectFrom('cards').select('ref').where('purpose', '=', purpose).executeTakeFirst();
  if (before !== undefined && !told.reviewsIt) return;
  const ref = before?.ref ?? (await newCard(tx, services, row, { person, purpose }));
  await changeCard(tx, services.clock, ref, pictureOf(services, row, told), { final: true });
}

async function newCard(
  tx: Tx,
  services: HouseServices,
  row: ActivationRow,
  { person, purpose }: { readonly person: string; readonly purpose: string },
): Promise<string> {
  const { ref } = await openCard(tx, services, {
    flow: 'pim',
    kind: 'pim.emergency',
    item: itemOf(row.id),
    person,
    purpose,
    expiresAt: new Date(services.clock.now().getTime() + 30 * day),
  });
  return ref;
}
