import { openCard } from '../../../jobs/cards.js';
import type { CardRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import type { HouseServices } from '../../turn.js';
import { caseLivesMs } from '../case-kinds.js';
import { type Case, itemOf } from '../cases.js';

export const caseKind = 'recovery.case';

/** The one card on which somebody follows a case: whoever it is about, and whoever opened it. */
export function openCaseCard(
  tx: Tx,
  services: HouseServices,
  one: Pick<Case, 'id'>,
  person: string,
): Promise<CardRow> {
  return openCard(tx, services, {
    flow: 'recovery',
    kind: caseKind,
    item: itemOf(one.id),
    person,
    purpose: `${caseKind}:${one.id}:${person}`,
    expiresAt: new Date(services.clock.now().getTime() + caseLivesMs),
  });
}
