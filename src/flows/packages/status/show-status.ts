import type { Card } from '../../../cards/card.js';
import { heldById, type RequestInfo } from '../../../graph/entitlement.js';
import { changeCard, pictureOf } from '../../../jobs/cards.js';
import { enqueue } from '../../../jobs/enqueue.js';
import type { CardRow } from '../../../store/schema.js';
import { mriOf } from '../../people.js';
import { isTaken } from '../../taken-card.js';
import type { HouseServices } from '../../turn.js';
import { statusView } from '../cards/status-card.js';
import { knownOf } from '../held/known.js';
import { watchJob } from '../held/watch-job.js';
import { failedJob } from './failed-job.js';
import { failedUntil, isFailed, readExtras, type Seen } from './read-extras.js';

export type { Seen } from './read-extras.js';

/** The requester's card, made from what Entra says now. Calling it twice changes nothing the second time. */
export async function showStatus(
  services: HouseServices,
  row: CardRow,
  request: RequestInfo,
  seen: Seen & { readonly endedAt: number },
): Promise<void> {
  const { assignmentId } = request;
  const reader = services.graph.reader(services.ids.guid());
  const delivered = request.state === 'delivered' && assignmentId !== undefined;
  const held = delivered ? await heldById(reader, assignmentId) : undefined;
  const extras = await readExtras(services, request, seen, held);
  const final = isOver(services, request, seen.endedAt);
  await services.store.write(async (tx) => {
    if (row.state === 'final' && (await isTaken(tx, row))) return;
    // What is delivered comes to its end one day, and its reader's client can find that out by itself.
    const mri = final && !delivered ? '' : await mriOf(tx, row.person);
    const view = statusView(services, request, { ...extras, ref: row.ref, mri });
    const card: Card = { template: 'packages/status', view };
    await changeCard(tx, services.clock, row.ref, card, { final });
    if (held !== undefined) await enqueue(tx, services.clock, watchJob(held.id, knownOf(held)));
    // Once, when it begins to say so: the job itself looks again for as long as it matters.
    if (isFailed(request) && row.picture !== pictureOf(card)) {
      await enqueue(tx, services.clock, failedJob(request.id));
    }
  });
}

/** Nothing more will become of it. What failed can be tried again for a while. */
function isOver({ clock }: HouseServices, request: RequestInfo, endedAt: number): boolean {
  if (['delivered', 'denied', 'canceled'].includes(request.state)) return true;
  return isFailed(request) && failedUntil(request, endedAt) <= clock.now().getTime();
}
