import type { Outcome } from '../../flow.js';
import type { Turn } from '../../turn.js';
import { caseCard } from '../cards/case-card.js';
import { openCaseCard } from '../cards/case-row.js';
import type { Case } from '../cases.js';

/** A case as its subject or opener sees it, in the message that they pressed in or get for an answer. */
export async function caseOutcome({ services, actor }: Turn, one: Case): Promise<Outcome> {
  const person = actor.objectId;
  const { ref } = await services.store.write((tx) => openCaseCard(tx, services, one, person));
  return { kind: 'card', card: await caseCard(services, one, { person, ref, mri: '' }), ref };
}
