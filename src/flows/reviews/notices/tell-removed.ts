import { day } from '../../../base/clock.js';
import type { Card } from '../../../cards/card.js';
import type { DecisionInfo } from '../../../graph/access-review.js';
import { packagesGranting } from '../../../graph/entitlement.js';
import type { GraphReader } from '../../../graph/graph.js';
import { usersByIds } from '../../../graph/users-by-ids.js';
import { changeCard, openCard } from '../../../jobs/cards.js';
import type { ReviewRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import { myAccess } from '../../links.js';
import type { HouseServices } from '../../turn.js';
import type { RemovedView } from '../cards/views.js';
import { type About, aboutOf, itemOf } from '../packets.js';

/** One card a person and removal, whoever asks for it and how often. False: somebody could not be looked up now. */
export async function tellRemoved(
  services: HouseServices,
  reader: GraphReader,
  review: ReviewRow,
  removals: readonly DecisionInfo[],
): Promise<boolean> {
  const told = await toldAlready(services, review);
  const news = removals.filter((removal) => !told.has(purposeOf(review, removal)));
  if (news.length === 0) return true;
  const ids = [...new Set(news.map(({ principal }) => principal.id))];
  const people = await usersByIds(reader, ids);
  const about = aboutOf(review);
  const way = await wayBack(services, reader, about);
  for (const removal of news) {
    const person = people.get(removal.principal.id);
    // Who cannot sign in, or is not in the directory any more, is not written to.
    if (person === undefined || person === 'gone' || !person.enabled) continue;
    const card = removedCard(services, about, removal, way);
    await services.store.write((tx) => tellOne(tx, services, { review, removal, card }));
  }
  services.wake();
  return ids.every((id) => people.has(id));
}

interface WayBack {
  readonly packageId: string;
  readonly packageName: string;
  readonly owners: string;
}

async function tellOne(
  tx: Tx,
  services: HouseServices,
  {
    review,
    removal,
    card,
  }: { readonly review: ReviewRow; readonly removal: DecisionInfo; readonly card: Card },
): Promise<void> {
  const { ref } = await openCard(tx, services, {
    flow: 'reviews',
    kind: 'reviews.removed',
    item: itemOf(review.instance_id),
    person: removal.principal.id,
    purpose: purposeOf(review, removal),
    expiresAt: new Date(services.clock.now().getTime() + 30 * day),
  });
  await changeCard(tx, services.clock, ref, card, { final: true });
}

async function toldAlready({ store }: HouseServices, review: ReviewRow): Promise<ReadonlySet<string>> {
  const rows = await store.db
    .selectFrom('cards')
    .select('purpose')
    .where('kind', '=', 'reviews.removed')
    .where('item', '=', itemOf(review.instance_id))
    .execute();
  return new Set(rows.map(({ purpose }) => purpose));
}

function purposeOf({ instance_id }: ReviewRow, { id }: DecisionInfo): string {
  return `reviews.removed:${instance_id}:${id}`;
}

/** A package that grants the same, if there is one and packages are asked for here; otherwise whom to ask. */
async function wayBack(services: HouseServices, reader: GraphReader, about: About): Promise<WayBack> {
  const owners = about.owners.slice(0, 5).join(', ');
  const none = { packageId: '', packageName: '', owners };
  if (services.policy.flows.packages === 'off') return none;
  if (about.kind === 'package') return { packageId: about.id, packageName: about.name, owners };
  if (about.kind !== 'group' && about.kind !== 'pim-group') return none;
  try {
    const [first] = await packagesGranting(reader, about.id);
    return first === undefined ? none : { packageId: first.id, packageName: first.name, owners };
  } catch (error) {
    services.log.warn({ error, group: about.id }, 'the packages that grant a group could not be read');
    return none;
  }
}

function removedCard(services: HouseServices, about: About, removal: DecisionInfo, way: WayBack): Card {
  const several = about.kind === 'other' && removal.resource !== undefined;
  const view: RemovedView = {
    subject: { kind: about.kind, name: several ? (removal.resource?.name ?? about.name) : about.name },
    removedAt: removal.appliedAt ?? services.clock.now().toISOString(),
    bySelf: removal.reviewedBy?.id === removal.principal.id,
    ...way,
    portalUrl: myAccess(services.tenantId, 'access-packages'),
  };
  return { template: 'reviews/removed', view };
}
