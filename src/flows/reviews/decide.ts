import { z } from 'zod/v4';
import { isAppError } from '../../base/errors.js';
import type { DecisionInfo } from '../../graph/access-review.js';
import { carryOut, outcomeOf } from '../carry-out.js';
import { claimOfStep } from '../claims.js';
import type { Outcome } from '../flow.js';
import { refused } from '../refused.js';
import type { Turn } from '../turn.js';
import { isInBulk } from './bulk/facts.js';
import { overCard } from './cards/over-card.js';
import type { BannerView } from './cards/views.js';
import { type DecideReceipt, decideArgs, decideEffect, decideReceipt, lastArgs } from './decide-effect.js';
import { saysOf } from './errors.js';
import {
  decisionItem,
  factsAbout,
  itemFacts,
  looksOf,
  type Reading,
  readMyItem,
  readReview,
} from './facts.js';
import {
  type Decided,
  type DecideFacts,
  type DecideVerb,
  decideItem,
  longestReason,
  reasonSentence,
} from './rules.js';
import { nothingSaid, showAt, showItem } from './show.js';

export const decideInput = z.strictObject({
  ref: z.string().max(64),
  item: z.guid().transform((id) => id.toLowerCase()),
  seen: z.string().max(32),
  reason: z.string().max(longestReason).default(''),
});

type Input = z.infer<typeof decideInput>;

const undecided: Decided = { answer: 'NotReviewed', reason: '' };

/** What keep, remove, not sure and undo share: one item of the reader's own list, looked at a moment ago. */
export async function decide(turn: Turn, verb: DecideVerb, input: Input): Promise<Outcome> {
  const reading = await readReview(turn, input.ref);
  const { item, facts } = await readDecision(turn, reading, input);
  const again = item && !facts.fresh ? await pressedBefore(turn, reading, { verb, input, item }) : undefined;
  if (again !== undefined) return again;
  const before =
    verb === 'reviews.undo' && item !== undefined ? await beforeOf(turn, reading, item) : undecided;
  const decision = decideItem(verb, facts, before);
  if (decision.kind === 'refuse') return turnedAway(turn, { verb, input, reading, facts }, decision);
  try {
    return await carryOut(turn, decision, decideEffect, input.ref, (receipt) =>
      afterwards(
        turn,
        reading,
        { verb, id: input.item, reason: decision.permit.args.reason, typed: input.reason },
        decideReceipt.parse(receipt),
      ),
    );
  } catch (error) {
    return refusedByEntra(turn, { verb, input, reading, facts }, error, decision.permit.args.answer);
  }
}

/**
 * The same press delivered again, after the first one was recorded: it gets the same answer. Only while Entra still has
 * what it decided; a press from before an undo is looked at like any other old one.
 */
async function pressedBefore(
  turn: Turn,
  reading: Reading,
  { verb, input, item }: { readonly verb: DecideVerb; readonly input: Input; readonly item: DecisionInfo },
): Promise<Outcome | undefined> {
  const key = { item: decisionItem(reading.place, item.id), stage: input.seen, action: 'decide' };
  const claim = await claimOfStep(turn.services, key);
  if (claim?.actor_id !== turn.actor.objectId) return undefined;
  const asked = decideArgs.parse(JSON.parse(claim.args));
  if (asked.verb !== verb) return undefined;
  const stands =
    item.decision === asked.answer && (item.justification === asked.reason || asked.answer === 'NotReviewed');
  if (claim.state === 'done' && !stands) return undefined;
  const next = (receipt: unknown): Promise<Outcome> =>
    afterwards(
      turn,
      reading,
      { verb, id: item.id, reason: asked.reason, typed: input.reason },
      decideReceipt.parse(receipt),
    );
  return outcomeOf(turn, decideEffect, key, input.ref, next);
}

async function readDecision(turn: Turn, reading: Reading, input: Input) {
  const item = await readMyItem(turn, reading, input.item);
  const seen = item && (await looksOf(turn, reading, [item])).get(item.id);
  const facts: DecideFacts = {
    ...factsAbout(turn, reading, item),
    inBulk: item !== undefined && (await isInBulk(turn, reading.place, item.id)),
    item: item && itemFacts(item, turn.actor.objectId, seen ?? ''),
    fresh: seen === input.seen,
    reason: input.reason.trim(),
  };
  return { item, facts };
}

/** What this reviewer had said before the decision they take back; nothing, where that was not made here. */
async function beforeOf(turn: Turn, reading: Reading, item: DecisionInfo): Promise<Decided> {
  const was = await lastArgs(turn, reading.place, item.id);
  if (was?.answer !== item.decision || was.reason !== item.justification) return undecided;
  const { wasAnswer: answer, wasReason: reason } = was;
  return answer === 'Approve' || answer === 'Deny' || answer === 'DontKnow' ? { answer, reason } : undecided;
}

interface Pressed {
  readonly verb: DecideVerb;
  readonly input: Input;
  readonly reading: Reading;
  readonly facts: DecideFacts;
}

async function turnedAway(
  turn: Turn,
  { input, reading, facts }: Pressed,
  { code, basis }: { readonly code: string; readonly basis: readonly string[] },
): Promise<Outcome> {
  const says = saysOf(code);
  return refused(turn, input.ref, { code, basis, says }, async () => {
    if (code === 'reviews.over') return over(turn, reading);
    if (facts.item === undefined || code.startsWith('flows.')) return undefined;
    const conflict = code === 'reviews.changed';
    const problem =
      code === 'reviews.reason' ? reasonSentence(facts) : conflict ? '' : `${says.says} ${says.next}`;
    return showItem(turn, reading, facts.item.id, { ...nothingSaid, problem, typed: input.reason, conflict });
  });
}

function over(turn: Turn, reading: Reading): Outcome {
  return { kind: 'card', card: overCard(turn.services, reading), ref: reading.ref };
}

/** Between our look and our write the review ended, or the right was taken away; or Entra takes nothing back here. */
async function refusedByEntra(
  turn: Turn,
  pressed: Pressed,
  error: unknown,
  answer: string,
): Promise<Outcome> {
  const final = ['graph.forbidden', 'graph.bad-request', 'graph.conflict', 'graph.not-found'];
  if (!isAppError(error) || !final.includes(error.code)) throw error;
  const reading = await readReview(turn, pressed.input.ref);
  if (!reading.facts.running)
    return turnedAway(turn, { ...pressed, reading }, { code: 'reviews.over', basis: [] });
  if (answer !== 'NotReviewed') throw error;
  return turnedAway(turn, { ...pressed, reading }, { code: 'reviews.no-way-back', basis: ['entra.review'] });
}

interface Just {
  readonly unsure: boolean;
  readonly item: Pick<
    DecisionInfo,
    'id' | 'decision' | 'reviewedBy' | 'reviewedAt' | 'justification' | 'principal'
  >;
}

interface Recorded {
  readonly verb: DecideVerb;
  readonly id: string;
  /** As it was to be written, and as it was typed. */
  readonly reason: string;
  readonly typed: string;
}

/** Recorded: the next one, with the way back. Somebody else's word for it means that they were a moment faster. */
async function afterwards(
  turn: Turn,
  reading: Reading,
  { verb, id, reason, typed }: Recorded,
  receipt: DecideReceipt,
): Promise<Outcome> {
  const byMe = receipt.byId === turn.actor.objectId;
  const takenBack = verb === 'reviews.undo' && receipt.answer === 'NotReviewed';
  if (!byMe && !takenBack) {
    const why = { code: 'reviews.changed', basis: ['last writer wins'], says: saysOf('reviews.changed') };
    return refused(turn, reading.ref, why, () =>
      showItem(turn, reading, id, { ...nothingSaid, typed, conflict: true }),
    );
  }
  const { answer: decision, reason: justification, name, byId, byName, at } = receipt;
  const principal = { kind: 'user', id: '', name, userPrincipalName: '' } as const;
  const reviewedBy = byId === '' ? undefined : { id: byId, name: byName };
  const reviewedAt = at === '' ? undefined : at;
  // Another device of theirs may have been first, with another answer.
  const unsure = verb === 'reviews.unsure' && justification === reason;
  const item = { id, decision, justification, reviewedBy, reviewedAt, principal };
  return goOn(turn, reading, { unsure, item });
}

/** On in the list the reader was in, as far as they had come. */
async function goOn(turn: Turn, reading: Reading, { unsure, item }: Just): Promise<Outcome> {
  const { packet } = reading;
  const at = { mode: packet.mode === 'home' ? 'one' : packet.mode, skip: packet.skip } as const;
  const banner: BannerView = {
    decision: item.decision,
    name: item.principal.name,
    item: item.id,
    seen: (await looksOf(turn, reading, [item])).get(item.id) ?? '',
    unsure,
    canUndo: item.decision !== 'NotReviewed',
    reference: '',
  };
  // Taken back, it is the next to be decided again; decided, it must not come back because a list lags.
  if (item.decision === 'NotReviewed') return showItem(turn, reading, item.id, { ...nothingSaid, banner });
  return showAt(turn, reading, at, { ...nothingSaid, banner, except: item.id });
}
