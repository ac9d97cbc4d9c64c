import { changeCard } from '../../../jobs/cards.js';
import type { CardRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import type { HouseServices } from '../../turn.js';
import { decidedCard } from '../cards/decided-card.js';
import { allNamed } from '../decide/approvers.js';
import type { Pending } from '../decide/pending.js';
import { aboutOf, nobody } from '../decide/verdict.js';
import { namesOf } from './next-with.js';

interface Split {
  /** The cards of those who still are approvers, or may be. */
  readonly named: readonly CardRow[];
  /** Tells the others that it is not theirs any more. */
  readonly settle: (tx: Tx) => Promise<void>;
}

/** Approvers change while a request waits: whoever is certainly none any more is asked no further. */
export async function splitNamed(
  services: HouseServices,
  { request, stage, approvers }: Pending,
  cards: readonly CardRow[],
): Promise<Split> {
  const reader = services.graph.reader(services.ids.guid());
  const all = cards.length === 0 ? undefined : await allNamed(reader, stage, request);
  const isNamed = ({ person }: CardRow): boolean => all === undefined || all.has(person);
  const nowWith = namesOf(approvers);
  return {
    named: cards.filter(isNamed),
    settle: async (tx) => {
      for (const { ref, person } of cards.filter((row) => !isNamed(row))) {
        const viewer = { id: person, reference: '', nowWith };
        const card = decidedCard(
          services.tenantId,
          aboutOf(request),
          { ...nobody, state: 'not-yours' },
          viewer,
        );
        await changeCard(tx, services.clock, ref, card, { final: true });
      }
    },
  };
}
