import type { CardRow } from '../../../store/schema.js';
import { flowError } from '../../errors.js';
import type { Outcome } from '../../flow.js';
import { refused } from '../../refused.js';
import type { Turn } from '../../turn.js';
import { type Case, caseById } from '../cases.js';
import { saysOf } from '../errors.js';
import { cardFor } from '../follow/card-for.js';

/** The helper's card of the case as it stands now, in the message that was pressed in. */
export async function showHelperCard(
  { services }: Pick<Turn, 'services'>,
  one: Case,
  row: CardRow,
  problem = '',
): Promise<Outcome> {
  const now = (await caseById(services, one.id)) ?? one;
  const card = await cardFor(services, now, row, { problem });
  if (card === undefined) throw flowError('flows.unknown-card');
  return { kind: 'card', card, ref: row.ref };
}

export function refuseCleanUp(
  turn: Turn,
  one: Case,
  row: CardRow,
  { code, basis }: { readonly code: string; readonly basis: readonly string[] },
): Promise<Outcome> {
  const says = saysOf(code);
  return refused(turn, row.ref, { code, basis, says }, () =>
    showHelperCard(turn, one, row, `${says.says} ${says.next}`),
  );
}
