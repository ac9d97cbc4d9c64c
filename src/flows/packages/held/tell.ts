import { day, hour } from '../../../base/clock.js';
import type { Held } from '../../../graph/entitlement.js';
import { packageById } from '../../../graph/entitlement.js';
import { changeCard, openCard } from '../../../jobs/cards.js';
import type { CardRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import { isTaken, letGo } from '../../taken-card.js';
import type { HouseServices } from '../../turn.js';
import { type HeldExtras, heldCard } from '../cards/held-card.js';
import type { HeldState } from '../cards/held-views.js';
import { packageTier } from '../offers.js';
import { readOpens } from '../status/opens.js';
import { orElse } from '../status/or-else.js';
import { giveBackKind, heldItem, heldKind, heldPurpose, heldPurposes } from './items.js';
import { endOf } from './notices.js';

/** Old notices are still read; what they offer says so when it is too late. */
const noticeLives = 90 * day;

type Db = Pick<Tx, 'selectFrom'>;

/** Was this notice of this end given before, by whoever? */
export function wasTold(
  { store }: Pick<HouseServices, 'store'>,
  held: Held,
  notice: Notice,
): Promise<boolean> {
  return toldIn(store.db, held, notice);
}

/** How long before the end, or that it has come. */
type Notice = number | 'ended';

async function toldIn(db: Db, held: Held, notice: Notice): Promise<boolean> {
  const known = db.selectFrom('cards').select('ref').where('kind', '=', heldKind);
  const query =
    notice === 'ended'
      ? known
          .where('item', '=', heldItem(held.id))
          .where('purpose', 'like', '%:ended')
          // Entra may date an end a little differently afterwards; an extension ends much later.
          .where('created_at', '>=', endOf(held) - hour)
      : known.where('purpose', '=', heldPurpose(held.id, held.endsAt, notice));
  return (await query.executeTakeFirst()) !== undefined;
}

/** Once: the card itself is the memory of it. An edit of the last notice would not be noticed, so it makes way. */
export async function tell(
  services: HouseServices,
  held: Held,
  notice: Notice,
  extras: HeldExtras,
): Promise<void> {
  const purpose = heldPurpose(held.id, held.endsAt, notice);
  const ended = notice === 'ended';
  const card = heldCard(services, held, ended ? 'ended' : 'ending', extras);
  await services.store.write(async (tx) => {
    if (await toldIn(tx, held, notice)) return;
    for (const row of await openNotices(tx, held.id)) await makeWay(tx, services, row);
    const row = await openCard(tx, services, {
      flow: 'packages',
      kind: heldKind,
      item: heldItem(held.id),
      person: held.personId,
      purpose,
      expiresAt: new Date(services.clock.now().getTime() + noticeLives),
    });
    await changeCard(tx, services.clock, row.ref, card, { final: ended });
  });
  services.wake();
}

async function makeWay(tx: Tx, { clock }: HouseServices, row: CardRow): Promise<void> {
  if (await isTaken(tx, row)) return letGo(tx, row.ref);
  await changeCard(tx, clock, row.ref, { template: 'shared/moved', view: {} }, { final: true });
}

/** The notices of another end, or all of them: what they say is not so any more. */
export async function settleNotices(
  services: HouseServices,
  held: Held,
  state: Extract<HeldState, 'extended' | 'gone'>,
): Promise<void> {
  const current = state === 'extended' && held.endsAt !== '' ? heldPurposes(held.id, held.endsAt) : undefined;
  const rows = await openNotices(services.store.db, held.id);
  const old = rows.filter(({ purpose }) => current === undefined || !purpose.startsWith(current));
  if (old.length === 0) return;
  const card = heldCard(services, held, state, plain);
  await services.store.write(async (tx) => {
    for (const row of old) {
      if (await isTaken(tx, row)) await letGo(tx, row.ref);
      else await changeCard(tx, services.clock, row.ref, card, { final: true });
    }
  });
  services.wake();
}

const plain: HeldExtras = { tier: 'standard', opens: [], asked: false, removing: false, extendable: false };

function openNotices(db: Db, assignment: string): Promise<readonly CardRow[]> {
  return openCardsOf(db, assignment, heldKind);
}

export function openQuestions(db: Db, assignment: string): Promise<readonly CardRow[]> {
  return openCardsOf(db, assignment, giveBackKind);
}

function openCardsOf(db: Db, assignment: string, kind: string): Promise<readonly CardRow[]> {
  return db
    .selectFrom('cards')
    .selectAll()
    .where('item', '=', heldItem(assignment))
    .where('kind', '=', kind)
    .where('state', '=', 'open')
    .execute();
}

/** What the notice says besides, read by the bot: nobody has clicked whose token could be used. */
export async function noticeExtras(services: HouseServices, held: Held): Promise<HeldExtras> {
  const { packageId: id, personId } = held;
  const reader = services.graph.reader(services.ids.guid());
  const [opens, offer, asked] = await Promise.all([
    readOpens(services, [id]),
    orElse(services, () => packageById(reader, id), undefined),
    hasAsked(services, id, personId),
  ]);
  const { tier } = packageTier(services.policy, offer ?? { id, catalogId: undefined });
  // Whether they may ask is read with their own token, when they press.
  return { tier: tier.name, opens: opens.get(id) ?? [], asked, removing: false, extendable: true };
}

async function hasAsked({ store }: HouseServices, packageId: string, person: string): Promise<boolean> {
  const found = await store.db
    .selectFrom('package_requests')
    .select('id')
    .where('package_id', '=', packageId)
    .where('person', '=', person)
    .where('ended_at', '=', 0)
    .executeTakeFirst();
  return found !== undefined;
}
