import type { Card } from '../../../cards/card.js';
import { cardByRef } from '../../../jobs/cards.js';
import type { ClaimRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { cleanUpCard } from '../cards/clean-up-card.js';
import { caseById } from '../cases.js';
import { saysOf } from '../errors.js';
import { cardFor } from '../follow/card-for.js';

/** The card of the case again, with its buttons and what did not work. */
export async function notDoneCard(
  services: HouseServices,
  { card_ref: ref, reference }: ClaimRow,
  {
    caseId,
    subjectName,
    code,
  }: { readonly caseId: string; readonly subjectName: string; readonly code: string },
): Promise<Card> {
  const { says, next } = saysOf(code);
  const problem = `${says} ${next}`;
  const [one, row] = await Promise.all([caseById(services, caseId), cardByRef(services.store.db, ref)]);
  const card = one && row && (await cardFor(services, one, row, { problem }));
  return card ?? cleanUpCard({ state: 'removed', person: subjectName, problem, reference });
}
