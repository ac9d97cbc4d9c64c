import { isAppError } from '../../../base/errors.js';
import { carryOut } from '../../carry-out.js';
import type { Outcome } from '../../flow.js';
import { knownCard } from '../../known-card.js';
import { refused } from '../../refused.js';
import type { Turn } from '../../turn.js';
import { decidedCard } from '../cards/decided-card.js';
import { saysOf } from '../errors.js';
import { needsStepUp } from '../step-up.js';
import { decideEffect } from './effect.js';
import { type DecideReading, readDecideFacts } from './facts.js';
import { pendingCard, readPending } from './pending.js';
import { decideRequest } from './rules.js';

/** What approve and deny share: they are one decision with two answers, and only one of them can win. */
export async function decide(
  turn: Turn,
  verb: 'pim.approve' | 'pim.deny',
  input: { readonly ref: string; readonly comment: string },
): Promise<Outcome> {
  const card = await knownCard(turn, input.ref, ['pim.decide']);
  const comment = input.comment.trim();
  const reading = await readDecideFacts(turn, card, comment);
  const decision = decideRequest(verb, reading.facts);
  if (decision.kind === 'step-up') throw needsStepUp(decision.context);
  if (decision.kind === 'refuse') return turnedAway(turn, input.ref, reading, decision);
  try {
    return await carryOut(turn, decision, decideEffect, input.ref);
  } catch (error) {
    // Somebody decided or cancelled between our look and our write, or took the right away: show how it stands now.
    if (!isAppError(error) || !lost.has(error.code)) throw error;
    const now = await readDecideFacts(turn, card, comment);
    const after = decideRequest(verb, now.facts);
    if (after.kind !== 'refuse') throw error;
    return turnedAway(turn, input.ref, now, after);
  }
}

const lost = new Set(['graph.conflict', 'graph.forbidden', 'graph.not-found', 'graph.bad-request']);

function turnedAway(
  turn: Turn,
  ref: string,
  { row }: DecideReading,
  { code, basis }: { readonly code: string; readonly basis: readonly string[] },
): Promise<Outcome> {
  const { services, actor, reference } = turn;
  const why = { code, basis, says: saysOf(code) };
  return refused(turn, ref, why, async () => {
    if (code === 'pim.settled') {
      const card = decidedCard(services, row, { person: actor.objectId, reference });
      return { kind: 'card', card, ref };
    }
    if (code !== 'pim.comment') return undefined;
    const to = { ref, person: actor.objectId, mri: '', problem: saysOf(code).says };
    return { kind: 'card', card: pendingCard(services, await readPending(services, row), to), ref };
  });
}
