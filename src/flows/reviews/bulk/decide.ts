import { z } from 'zod/v4';
import { carryOut, outcomeOf } from '../../carry-out.js';
import type { ClaimKey } from '../../effect.js';
import type { Outcome } from '../../flow.js';
import { recordRefusal } from '../../refused.js';
import type { Turn } from '../../turn.js';
import { bulkQuestion, bulkRefused } from '../bulk.js';
import { saysOf } from '../errors.js';
import { type Reading, readReview } from '../facts.js';
import { longestReason } from '../rules.js';
import { bulkEffect } from './effect.js';
import { type BulkReading, bulkItem, readBulk } from './facts.js';
import { type BulkVerb, bulkReasonLacking, decideBulk, kindOf } from './rules.js';

/** No list of people: whoever adds one is turned away, and the people are read from Entra. */
export const bulkInput = z.strictObject({
  ref: z.string().max(64),
  seen: z.string().max(32),
  reason: z.string().max(longestReason).default(''),
});

type Input = z.infer<typeof bulkInput>;

export async function bulkDecide(turn: Turn, verb: BulkVerb, input: Input): Promise<Outcome> {
  const reading = await readReview(turn, input.ref);
  const kind = kindOf(verb);
  // The same press again: whom it decided about is undecided no more, so its outcome is looked up and not made anew.
  const before = await outcomeOf(
    turn,
    bulkEffect,
    bulkKey(reading, turn.actor.objectId, input.seen),
    input.ref,
  );
  if (before !== undefined) return before;
  const asked = await readBulk(turn, reading, kind, input);
  const decision = decideBulk(verb, asked.facts, input.seen);
  if (decision.kind === 'permit') return carryOut(turn, decision, bulkEffect, input.ref);
  if (decision.code !== 'reviews.reason' && decision.code !== 'reviews.changed') {
    return bulkRefused(turn, reading, decision);
  }
  return askAgain(turn, reading, asked, { verb, ...decision });
}

function bulkKey({ facts }: Reading, person: string, seen: string): ClaimKey {
  const { instanceId, stageId } = facts.place;
  return { item: bulkItem(instanceId, stageId, person), stage: seen, action: 'bulk' };
}

async function askAgain(
  turn: Turn,
  reading: Reading,
  asked: BulkReading,
  {
    verb,
    code,
    basis,
  }: { readonly verb: BulkVerb; readonly code: string; readonly basis: readonly string[] },
): Promise<Outcome> {
  const kind = kindOf(verb);
  const command = { verb, data: { ref: reading.ref } };
  await recordRefusal(
    turn.services,
    { actor: turn.actor, command },
    { reference: turn.reference, code, basis },
  );
  const { says, next } = saysOf(code);
  const lacking = code === 'reviews.reason' ? bulkReasonLacking(kind, asked.facts) : undefined;
  return bulkQuestion(turn, reading, asked, { kind, problem: lacking ?? `${says} ${next}` });
}
