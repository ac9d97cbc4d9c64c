import { day } from '../../../base/clock.js';
import { changeCard as changePicture, openCard } from '../../../jobs/cards.js';
import type { CardRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import type { HouseServices } from '../../turn.js';
import { changeCard, changeKind } from '../cards/change-card.js';
import { changeItemOf, type ToldChange } from './rows.js';

/** Whoever comes back from holidays still has to be able to say no. */
const livesMs = 30 * day;

export function openChangeCard(
  tx: Tx,
  services: HouseServices,
  { id, person }: ToldChange,
): Promise<CardRow> {
  return openCard(tx, services, {
    flow: 'recovery',
    kind: changeKind,
    item: changeItemOf(id),
    person,
    purpose: `${changeKind}:${id}`,
    expiresAt: new Date(services.clock.now().getTime() + livesMs),
  });
}

/** What was denied stays as it is; until then people may think again. */
export function showChange(tx: Tx, services: HouseServices, change: ToldChange, ref: string): Promise<void> {
  const final = change.answer === 'not-me';
  return changePicture(tx, services.clock, ref, changeCard(services, change, { ref }), { final });
}
