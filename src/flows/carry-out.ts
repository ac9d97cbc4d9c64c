import { second } from '../base/clock.js';
import { isAppError } from '../base/errors.js';
import type { Json } from '../base/json.js';
import type { Card } from '../cards/card.js';
import { changeCard } from '../jobs/cards.js';
import type { Permit } from '../policy/decision.js';
import type { ClaimRow } from '../store/schema.js';
import { claimById, settleClaim, takeClaim, voidClaim } from './claims.js';
import type { DeclaredEffect, Effect } from './effect.js';
import type { Outcome } from './flow.js';
import { heal } from './reconcile.js';
import type { HouseServices, Turn } from './turn.js';

/** Teams gives up at 10 to 15 s; before that the person hears that it is on its way. */
const answerWithinMs = 8 * second;
/** Entra shows a write a moment later; after these reads the reconcile job goes on looking. */
const receiptGapsMs = [0, 150, 400, 1000, 2000];

export interface Permitted<Verb extends string, Args> {
  readonly permit: Permit<Verb, Args>;
  readonly basis: readonly string[];
}

/**
 * The only way to act: claim, act, receipt, settle. Whoever comes second, in this process or another, today or after
 * a restart, finds the claim and gets the first one's outcome.
 */
export async function carryOut<Verb extends string, Args extends Json>(
  turn: Turn,
  permitted: Permitted<Verb, Args>,
  effect: DeclaredEffect<Args>,
  cardRef: string,
): Promise<Outcome> {
  const { args } = permitted.permit;
  const wanted = { key: effect.key(args), effect: effect.name, args, cardRef, basis: permitted.basis };
  const taken = await takeClaim(turn, wanted);
  if (taken.kind === 'taken')
    return join(turn, effect, taken.claim, () => carryOut(turn, permitted, effect, cardRef));
  return answerInTime(turn, effect, taken.claim, actAndSettle(turn, effect, taken.claim));
}

/** The act goes on after the answer, with the token in this process's memory only; the card is edited when it ends. */
async function answerInTime(
  turn: Turn,
  effect: Effect,
  claim: ClaimRow,
  work: Promise<Outcome>,
): Promise<Outcome> {
  const late = turn.services.sleep(answerWithinMs).then(() => 'late' as const);
  const first = await Promise.race([work, late]);
  if (first !== 'late') return first;
  work.catch((error: unknown) => tellFailureLater(turn.services, effect, claim, error));
  return shown(claim, effect.working(turn.services, claim));
}

async function actAndSettle(turn: Turn, effect: Effect, claim: ClaimRow): Promise<Outcome> {
  const { services } = turn;
  try {
    await effect.act(turn.graph, claim);
  } catch (error) {
    if (!isAppError(error) || error.code === 'graph.fate-unknown') {
      services.log.warn({ error, reference: turn.reference }, 'the answer to a write was lost');
    } else {
      await voidClaim(services, claim, { kind: 'failed', code: error.code });
      throw error;
    }
  }
  const receipt = await untilRecorded(turn, effect, claim);
  if (receipt === undefined) return shown(claim, effect.working(turn.services, claim));
  await settleClaim(services, effect, claim, { receipt, healed: false });
  services.wake();
  return shown(claim, effect.done(services, claim, receipt));
}

/** What we asked for is never shown as done: only what Entra gives back when asked. */
async function untilRecorded(turn: Turn, effect: Effect, claim: ClaimRow): Promise<Json | undefined> {
  for (const gap of receiptGapsMs) {
    if (gap > 0) await turn.services.sleep(gap);
    try {
      const receipt = await effect.recorded(turn.graph, claim);
      if (receipt !== undefined) return receipt;
    } catch (error) {
      turn.services.log.warn({ error, reference: turn.reference }, 'the receipt could not be read yet');
    }
  }
  return undefined;
}

/** Somebody was first: wait a little for their outcome, and if their process died, heal it and try again. */
async function join(
  turn: Turn,
  effect: Effect,
  held: ClaimRow,
  again: () => Promise<Outcome>,
): Promise<Outcome> {
  const until = turn.services.clock.now().getTime() + answerWithinMs;
  let claim: ClaimRow | undefined = held;
  while (claim?.state === 'claimed' && turn.services.clock.now().getTime() < until) {
    if (claim.lease_until <= turn.services.clock.now().getTime()) {
      await heal(turn.services, effect, claim);
    } else {
      await turn.services.sleep(200);
    }
    claim = await claimById(turn.services, held.id);
  }
  if (claim?.state === 'done') return shown(claim, settledCard(turn.services, effect, claim));
  if (claim?.state === 'void') return again();
  return shown(held, effect.working(turn.services, held));
}

async function tellFailureLater(
  services: HouseServices,
  effect: Effect,
  claim: ClaimRow,
  error: unknown,
): Promise<void> {
  services.log.warn({ error, reference: claim.reference }, 'an action failed after its answer');
  const card = await effect.notDone(services, claim);
  await services.store.write((tx) => changeCard(tx, services.clock, claim.card_ref, card, { force: true }));
  services.wake();
}

export function settledCard(services: HouseServices, effect: Effect, claim: ClaimRow): Card {
  return effect.done(services, claim, JSON.parse(claim.receipt ?? 'null'));
}

function shown(claim: ClaimRow, card: Card): Outcome {
  return { kind: 'card', card, ref: claim.card_ref };
}
