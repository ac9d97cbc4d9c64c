import { changeCard } from '../../../jobs/cards.js';
import type { HouseServices } from '../../turn.js';
import { issueCard } from '../cards/issue-card.js';
import type { Case } from '../cases.js';
import { saysOf } from '../errors.js';
import { cardsOf, issueKind } from '../follow/card-rows.js';

/** There is a pass that the case knows nothing of. Whoever made the one it knows reads it on their card. */
export async function tellOfStray(services: HouseServices, one: Case): Promise<void> {
  const { says, next } = saysOf('recovery.stray-pass');
  const rows = (await cardsOf(services, one.id)).filter(
    ({ kind, person }) => kind === issueKind && person === one.issuer,
  );
  for (const { ref, person } of rows) {
    const card = await issueCard(services, one, { person, ref, mri: '', problem: `${says} ${next}` });
    await services.store.write((tx) => changeCard(tx, services.clock, ref, card));
  }
}
