import { isAppError } from '../../../base/errors.js';
import type { CardRow } from '../../../store/schema.js';
import { carryOut } from '../../carry-out.js';
import type { Outcome } from '../../flow.js';
import { knownCard } from '../../known-card.js';
import { refused } from '../../refused.js';
import type { Turn } from '../../turn.js';
import { saysOf } from '../errors.js';
import { cardStage, decideKind } from './card-stage.js';
import { effectFor } from './effect.js';
import { type DecideReading, readDecideFacts } from './facts.js';
import type { Look } from './look.js';
import { decideStage } from './rules.js';
import { overCard, waitingCard } from './show.js';

/** What approve and deny share: they are one decision with two answers, and only one of them can win. */
export async function decide(
  turn: Turn,
  verb: 'packages.approve' | 'packages.deny',
  input: { readonly ref: string; readonly comment: string },
): Promise<Outcome> {
  const row = await knownCard(turn, input.ref, [decideKind]);
  const comment = input.comment.trim();
  const reading = await readDecideFacts(turn, row, comment);
  const decision = decideStage(verb, reading.facts);
  if (decision.kind === 'refuse') return turnedAway(turn, row, reading, decision);
  try {
    return await carryOut(turn, decision, effectFor(decision.permit.args), row.ref);
  } catch (error) {
    // Somebody decided between our look and our write (409), or took the right away (403): show how it stands now.
    if (!isAppError(error) || !['graph.conflict', 'graph.forbidden'].includes(error.code)) throw error;
    const now = await readDecideFacts(turn, row, comment);
    const after = decideStage(verb, now.facts);
    if (after.kind === 'permit') throw error;
    return turnedAway(turn, row, now, after);
  }
}

const over = ['packages.settled', 'packages.stage-over'];

async function turnedAway(
  turn: Turn,
  row: CardRow,
  { look }: DecideReading,
  { code, basis }: { readonly code: string; readonly basis: readonly string[] },
): Promise<Outcome> {
  const says = saysOf(code);
  const { ref, person } = row;
  // Pressed again: what they wanted is so already.
  if (over.includes(code) && isTheirs(turn, row, look)) {
    const card = await overCard(turn, row, look);
    if (card !== undefined) return { kind: 'card', card, ref };
  }
  return refused(turn, ref, { code, basis, says }, async () => {
    if (over.includes(code)) {
      const card = await overCard(turn, row, look);
      return card && { kind: 'card', card, ref };
    }
    if (code !== 'packages.comment') return undefined;
    const to = { ref, person, mri: '', problem: says.says };
    return { kind: 'card', card: await waitingCard(turn, row, look, to), ref };
  });
}

/** The stage of this card was decided by the same person, with the same answer. */
function isTheirs({ actor, verb }: Turn, row: CardRow, { seen }: Look): boolean {
  const decided = seen.stages[cardStage(row)];
  const wanted = verb === 'packages.approve' ? 'approved' : 'denied';
  return decided !== undefined && decided.byId === actor.objectId && decided.result === wanted;
}
