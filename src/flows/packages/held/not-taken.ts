import type { RequestInfo } from '../../../graph/entitlement.js';
import { changeCard } from '../../../jobs/cards.js';
import { enqueue } from '../../../jobs/enqueue.js';
import type { HouseServices } from '../../turn.js';
import { givenBackCard } from '../cards/held-card.js';
import { readOrGone } from '../follow/read-or-gone.js';
import { failedJob } from '../status/failed-job.js';
import { isFailed } from '../status/read-extras.js';
import type { GivenBackClaim } from './given-back.js';

/**
 * Entra took the request to remove it and then did not: the question says so and is over, so that the next press asks
 * anew. False: it is still on its way, as far as Entra says.
 */
export async function settleNotTaken(services: HouseServices, back: GivenBackClaim): Promise<boolean> {
  const removal = back.requestId === '' ? undefined : await readOrGone(services, back.requestId);
  if (removal === undefined || !hasFailed(removal)) return false;
  const { assignment, packageId, packageName: name, endsAt, opens } = back.asked;
  const given = { state: 'failed', assignment, packageId, name, endsAt, opens } as const;
  await services.store.write(async (tx) => {
    const open = await tx
      .selectFrom('cards')
      .select('ref')
      .where('ref', '=', back.cardRef)
      .where('state', '=', 'open')
      .executeTakeFirst();
    if (open === undefined) return;
    const card = givenBackCard(services.tenantId, given);
    await changeCard(tx, services.clock, open.ref, card, { final: true });
    if (isFailed(removal)) await enqueue(tx, services.clock, failedJob(removal.id));
  });
  services.wake();
  return true;
}

function hasFailed(removal: RequestInfo): boolean {
  return isFailed(removal) || removal.state === 'denied' || removal.state === 'canceled';
}
