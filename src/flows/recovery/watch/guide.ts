import { changeCard, openCard } from '../../../jobs/cards.js';
import type { CardRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { guideCard } from '../cards/guide-card.js';
import type { GuideView } from '../cards/guide-views.js';
import { caseLivesMs } from '../case-kinds.js';
import { type Case, isOpen, itemOf } from '../cases.js';
import type { Seen } from './look-at.js';

export const guideKind = 'recovery.guide';

/** What to do after the pass, for whoever got it: the first passkey, and then a second one. */
export async function showGuide(services: HouseServices, { one, passkey, keys }: Seen): Promise<void> {
  const row = await guideRow(services, one);
  const step = stepOf(one, keys);
  // Nothing was counted, so there is nothing to say that is not on it already.
  if (row !== undefined && (step === undefined || row.state === 'final')) return;
  const card = guideCard(one, { step: step ?? 'first', passkey });
  await services.store.write(async (tx) => {
    const { ref } =
      row ??
      (await openCard(tx, services, {
        flow: 'recovery',
        kind: guideKind,
        item: itemOf(one.id),
        person: one.subject,
        purpose: `${guideKind}:${one.id}`,
        expiresAt: new Date(services.clock.now().getTime() + caseLivesMs),
      }));
    await changeCard(tx, services.clock, ref, card, { final: !isOpen(one) });
  });
}

function stepOf({ state }: Case, keys: number): GuideView['step'] | undefined {
  if (keys > 0) return keys === 1 ? 'second' : 'done';
  return state === 'sign-in' || state === 'issue' ? 'first' : undefined;
}

function guideRow({ store }: HouseServices, { id }: Case): Promise<CardRow | undefined> {
  return store.db
    .selectFrom('cards')
    .selectAll()
    .where('item', '=', itemOf(id))
    .where('kind', '=', guideKind)
    .executeTakeFirst();
}
