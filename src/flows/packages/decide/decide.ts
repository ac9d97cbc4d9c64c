import { isAppError } from '../../../base/errors.js';
import type { Card } from '../../../cards/card.js';
import { carryOut } from '../../carry-out.js';
import type { Outcome } from '../../flow.js';
import { knownCard } from '../../known-card.js';
import { refused } from '../../refused.js';
import type { Turn } from '../../turn.js';
import { decidedCard } from '../cards/decided-card.js';
import { saysOf } from '../errors.js';
import { decideEffect } from './effect.js';
import { type DecideReading, readDecideFacts } from './facts.js';
import { pendingCard, readPending } from './pending.js';
import { decideStage } from './rules.js';
import { aboutOf, nobody, verdictOfRequest, verdictOfStage } from './verdict.js';

/** What approve and deny share: they are one decision with two answers, and only one of them can win. */
export async function decide(
  turn: Turn,
  verb: 'packages.approve' | 'packages.deny',
  input: { readonly ref: string; readonly comment: string },
): Promise<Outcome> {
  const row = await knownCard(turn, input.ref, ['packages.decide']);
  const reading = await readDecideFacts(turn, row, input.comment.trim());
  const decision = decideStage(verb, reading.facts);
  if (decision.kind === 'refuse') return turnedAway(turn, input.ref, reading, decision);
  try {
    return await carryOut(turn, decision, decideEffect, input.ref);
  } catch (error) {
    // Somebody decided between our look and our write (409), or took the right away (403): show how it stands now.
    if (!isAppError(error) || !['graph.conflict', 'graph.forbidden'].includes(error.code)) throw error;
    const now = await readDecideFacts(turn, row, input.comment.trim());
    const after = decideStage(verb, now.facts);
    if (after.kind === 'permit') throw error;
    return turnedAway(turn, input.ref, now, after);
  }
}

async function turnedAway(
  turn: Turn,
  ref: string,
  reading: DecideReading,
  { code, basis }: { readonly code: string; readonly basis: readonly string[] },
): Promise<Outcome> {
  const why = { code, basis, says: saysOf(code) };
  return refused(turn, ref, why, async () => {
    const card = await cardFor(turn, ref, reading, code);
    return card && { kind: 'card', card, ref };
  });
}

async function cardFor(
  turn: Turn,
  ref: string,
  { decided, request }: DecideReading,
  code: string,
): Promise<Card | undefined> {
  const person = turn.actor.objectId;
  if (code === 'packages.comment') {
    const pending = await readPending(turn.services, request);
    return pendingCard(turn.services, pending, { ref, person, problem: saysOf(code).says });
  }
  if (code !== 'packages.settled') return undefined;
  const verdict = verdictOfStage(decided) ?? verdictOfRequest(request) ?? { ...nobody, state: 'closed' };
  const viewer = { id: person, reference: turn.reference };
  return decidedCard(turn.services.tenantId, aboutOf(request), verdict, viewer);
}
