import { flowError } from '../../errors.js';
import type { Outcome } from '../../flow.js';
import { cardFacts, knownCard } from '../../known-card.js';
import { refused } from '../../refused.js';
import type { Turn } from '../../turn.js';
import { changeCard, changeKind } from '../cards/change-card.js';
import { saysOf } from '../errors.js';
import { changeById, changeIdIn, type ToldChange } from './rows.js';
import type { AnswerFacts } from './rules.js';

export interface Answered {
  readonly change: ToldChange;
  readonly facts: AnswerFacts;
}

/** The change that the pressed card is about: its owner's, and nobody else's. */
export async function readAnswer(turn: Turn, ref: string): Promise<Answered> {
  const row = await knownCard(turn, ref, [changeKind]);
  const change = await changeById(turn.services, changeIdIn(row.item));
  if (change === undefined) throw flowError('flows.unknown-card');
  const facts: AnswerFacts = {
    capability: turn.services.policy.flows.recovery,
    card: cardFacts(turn, row),
    me: turn.actor.objectId,
    change,
  };
  return { change, facts };
}

export function refuseAnswer(
  turn: Turn,
  change: ToldChange,
  ref: string,
  { code, basis }: { readonly code: string; readonly basis: readonly string[] },
): Promise<Outcome> {
  const says = saysOf(code);
  const problem = `${says.says} ${says.next}`;
  return refused(turn, ref, { code, basis, says }, async () => {
    const card = changeCard(turn.services, change, { ref, problem });
    return { kind: 'card', card, ref };
  });
}
