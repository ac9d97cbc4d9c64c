import { hour } from '../../../base/clock.js';
import type { Card } from '../../../cards/card.js';
import { packageById } from '../../../graph/entitlement.js';
import { usersByIds } from '../../../graph/users-by-ids.js';
import { changeCard } from '../../../jobs/cards.js';
import type { CardRow, PackageRequestRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { decidedCard } from '../cards/decided-card.js';
import { statusCard } from '../cards/status-card.js';
import { decideKind } from '../decide/card-stage.js';
import { nobody } from '../decide/verdict.js';
import { orElse } from '../status/or-else.js';
import { cardsOf } from './request-cards.js';
import { stuckKind, stuckOverCard } from './stuck.js';

/** A request that was just made may not be found at once. */
const shownWithin = hour;

/** Entra does not know the request any more: nothing more will become of it, and its cards say so. */
export async function closeGone(services: HouseServices, requestId: string): Promise<void> {
  const now = services.clock.now().getTime();
  const rows = await cardsOf(services, requestId);
  const known = await services.store.db
    .selectFrom('package_requests')
    .selectAll()
    .where('id', '=', requestId)
    .executeTakeFirst();
  const since = known?.created_at ?? rows[0]?.created_at ?? now;
  if (now - since < shownWithin) return;
  const open = rows.filter(({ state }) => state === 'open');
  const about = await aboutGone(services, known);
  await services.store.write(async (tx) => {
    for (const row of open) {
      const card = goneCard(services, row, about);
      if (card !== undefined) await changeCard(tx, services.clock, row.ref, card, { final: true });
    }
    await tx
      .updateTable('package_requests')
      .set({ ended_at: now })
      .where('id', '=', requestId)
      .where('ended_at', '=', 0)
      .execute();
  });
  services.wake();
}

interface About {
  readonly packageId: string;
  readonly packageName: string;
  readonly requesterName: string;
  readonly createdAt: string;
}

/** As far as it can still be read without the request itself. */
async function aboutGone(services: HouseServices, known: PackageRequestRow | undefined): Promise<About> {
  const { package_id: packageId = '', person = '', created_at } = known ?? {};
  const reader = services.graph.reader(services.ids.guid());
  const [offer, users] = await Promise.all([
    packageId === '' ? undefined : orElse(services, () => packageById(reader, packageId), undefined),
    orElse(services, () => usersByIds(reader, person === '' ? [] : [person]), undefined),
  ]);
  const user = users?.get(person);
  return {
    packageId,
    packageName: offer?.name ?? 'An access package',
    requesterName: user === undefined || user === 'gone' ? 'Somebody' : user.name,
    createdAt: created_at === undefined ? '' : new Date(created_at).toISOString(),
  };
}

function goneCard(services: HouseServices, row: CardRow, about: About): Card | undefined {
  const { tenantId } = services;
  if (row.kind === decideKind) {
    const viewer = { id: row.person, reference: '' };
    return decidedCard(tenantId, { ...about, reason: '' }, { ...nobody, state: 'closed' }, viewer);
  }
  if (row.kind === 'packages.status') {
    return statusCard(tenantId, { ...about, state: 'gone', justification: '' }, { ref: row.ref });
  }
  return row.kind === stuckKind ? stuckOverCard(services, about) : undefined;
}
