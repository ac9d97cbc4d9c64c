import { z } from 'zod/v4';
import { second } from '../../../base/clock.js';
import { within } from '../../../base/sleep.js';
import { userById } from '../../../graph/directory.js';
import type { ActivationRow, CardRow } from '../../../store/schema.js';
import { carryOut, outcomeOf } from '../../carry-out.js';
import { claimOfStep } from '../../claims.js';
import { flowError } from '../../errors.js';
import type { Outcome } from '../../flow.js';
import { knownCard } from '../../known-card.js';
import { refused } from '../../refused.js';
import type { HouseServices, Turn } from '../../turn.js';
import { activationOf, targetOf } from '../activations.js';
import { saysOf } from '../errors.js';
import { ownersOf } from '../owners.js';
import { targetTier } from '../target.js';
import { lookBackCard, lookedAt } from './cards.js';
import { closeEffect, closeKey } from './close-effect.js';
import { type Answer, type CloseFacts, commentProblem, decideClose } from './rules.js';
import { lookBackKind, lookBackOf } from './show.js';
import { readUse, type Use, unread } from './use.js';

export const closeInput = z.strictObject({
  ref: z.string().max(64),
  comment: z.string().max(4000).default(''),
});

/** The numbers on the card are worth a short wait, and not the press. */
const readWithinMs = 3 * second;

/** What both answers share: they are one decision, and only the first of all owners makes it. */
export async function closeLookBack(
  turn: Turn,
  verb: 'pim.expected' | 'pim.question',
  input: z.infer<typeof closeInput>,
): Promise<Outcome> {
  const card = await knownCard(turn, input.ref, [lookBackKind]);
  const row = await activationOf(turn.services, card);
  if (row === undefined) throw flowError('flows.unknown-card');
  const use = await useInTime(turn, row);
  const facts = await readFacts(turn, { card, row, use, comment: input.comment.trim() });
  const decision = decideClose(verb, facts);
  if (decision.kind === 'permit') return carryOut(turn, decision, closeEffect, card.ref);
  const closed = decision.code === 'pim.looked-back';
  if (closed && (await isOwnAnswer(turn, row))) return closedOutcome(turn, row, card.ref, decision.code);
  const why = { ...decision, says: saysOf(decision.code) };
  return refused(turn, card.ref, why, async () => {
    if (closed) return closedOutcome(turn, row, card.ref, decision.code);
    if (decision.code !== 'pim.look-back-comment') return undefined;
    const answer: Answer = verb === 'pim.expected' ? 'expected' : 'question';
    const problem = commentProblem(answer, facts) ?? '';
    const found = await lookBackOf(turn.services, row, use);
    return {
      kind: 'card',
      card: lookBackCard(turn.services, found, { ref: card.ref, problem, comment: input.comment }),
      ref: card.ref,
    };
  });
}

interface Reading {
  readonly card: CardRow;
  readonly row: ActivationRow;
  readonly use: Use;
  readonly comment: string;
}

async function readFacts(
  { services, actor, reference }: Turn,
  { card, row, use, comment }: Reading,
): Promise<CloseFacts> {
  const { policy, clock } = services;
  const [me, owners] = await Promise.all([
    userById(services.graph.reader(reference), actor.objectId),
    ownersOf(services, row),
  ]);
  const { tier, basis } = targetTier(policy, targetOf(row));
  const now = clock.now();
  return {
    capability: policy.flows.pim,
    card: { expired: card.expires_at <= now.getTime() },
    me: { id: actor.objectId, name: me.name, guest: me.guest },
    isOwner: owners.some(({ id }) => id === actor.objectId),
    looked: lookedAt(row),
    closed: row.look_back === 'closed' || (await isAnswered(services, row)),
    emergency: row.emergency === 1,
    tier,
    tierBasis: basis,
    comment,
    use: { done: use.done, failed: use.failed, log: use.cut ? 'cut' : use.log },
    tell: policy.pim.security,
    at: now.toISOString(),
  };
}

/** An answer on its way is not: the press joins it, and gets its outcome. */
async function isAnswered(services: HouseServices, row: ActivationRow): Promise<boolean> {
  return (await claimOfStep(services, closeKey(row.id)))?.state === 'done';
}

/** The same button delivered twice is no refusal. */
async function isOwnAnswer({ services, actor }: Turn, row: ActivationRow): Promise<boolean> {
  return (await claimOfStep(services, closeKey(row.id)))?.actor_id === actor.objectId;
}

async function closedOutcome(turn: Turn, row: ActivationRow, ref: string, code: string): Promise<Outcome> {
  const { says, next } = saysOf(code);
  const text = `${says} ${next}`;
  return (await outcomeOf(turn, closeEffect, closeKey(row.id), ref)) ?? { kind: 'notice', text };
}

async function useInTime({ services, reference }: Turn, row: ActivationRow): Promise<Use> {
  const problem = (error: unknown): void =>
    services.log.warn({ error, reference }, 'what was done with a role could not be read');
  try {
    const limit = { ms: readWithinMs, sleep: services.sleep, afterwards: problem };
    const read = await within(readUse(services, row), limit);
    return read.kind === 'done' ? read.value : unread;
  } catch (error) {
    problem(error);
    return unread;
  }
}
