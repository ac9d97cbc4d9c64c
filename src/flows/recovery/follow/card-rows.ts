import { openCard } from '../../../jobs/cards.js';
import type { CardRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import type { HouseServices } from '../../turn.js';
import { caseLivesMs } from '../case-kinds.js';
import { type Case, itemOf } from '../cases.js';

export const attestKind = 'recovery.attest';
export const issueKind = 'recovery.issue';
export const toldKind = 'recovery.told';

/** One card of each kind for a person, on which they follow the case; told again for each reason. */
export function openCaseRow(
  tx: Tx,
  services: HouseServices,
  one: Pick<Case, 'id'>,
  { kind, person, why }: { readonly kind: string; readonly person: string; readonly why?: string },
): Promise<CardRow> {
  return openCard(tx, services, {
    flow: 'recovery',
    kind,
    item: itemOf(one.id),
    person,
    purpose: purposeOf(kind, one.id, person, why),
    expiresAt: new Date(services.clock.now().getTime() + caseLivesMs),
  });
}

function purposeOf(kind: string, caseId: string, person: string, why?: string): string {
  return [kind, caseId, person, ...(why === undefined ? [] : [why])].join(':');
}

/** Why somebody is told with this card. */
export function whyOf({ purpose }: Pick<CardRow, 'purpose'>): string {
  return purpose.split(':')[3] ?? '';
}

/** Oldest first. */
export function cardsOf(services: HouseServices, caseId: string): Promise<readonly CardRow[]> {
  return services.store.db
    .selectFrom('cards')
    .selectAll()
    .where('item', '=', itemOf(caseId))
    .orderBy('created_at')
    .orderBy('ref')
    .execute();
}
