import { isAppError } from '../base/errors.js';
import type { Json } from '../base/json.js';
import { within } from '../base/sleep.js';
import { enqueue } from '../jobs/enqueue.js';
import type { Permit } from '../policy/decision.js';
import type { ClaimRow } from '../store/schema.js';
import { claimById, settleClaim, takeClaim, voidClaim } from './claims.js';
import type { DeclaredEffect, Effect, Viewer } from './effect.js';
import { flowError } from './errors.js';
import type { Outcome } from './flow.js';
import { heal } from './reconcile.js';
import type { Turn } from './turn.js';

/** Entra shows a write a moment later; after these reads the reconcile job goes on looking. */
const receiptGapsMs = [0, 150, 400, 1000, 2000];

/** It may have happened: Entra is asked what it recorded instead of believing that nothing did. */
const fateUnknown = new Set(['graph.fate-unknown', 'graph.broken-answer']);

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
  // Reading the facts took all the time there was: the person is told to try again, so nothing may happen behind them.
  if (turn.services.clock.now().getTime() >= turn.answerBy) throw flowError('flows.too-slow');
  const wanted = { key: effect.key(args), effect: effect.name, args, cardRef, basis: permitted.basis };
  const taken = await takeClaim(turn, wanted);
  const action: Action = { turn, effect, claim: taken.claim, cardRef };
  if (taken.kind === 'mine') return answerInTime(action, actAndSettle(action));
  return join(action, () => carryOut(turn, permitted, effect, cardRef));
}

interface Action {
  readonly turn: Turn;
  readonly effect: Effect;
  readonly claim: ClaimRow;
  /** The card that was clicked now; the claim may be of another one. */
  readonly cardRef: string;
}

/** The act goes on after the answer, with the token in this process's memory only; the card is edited when it ends. */
async function answerInTime(action: Action, work: Promise<Outcome>): Promise<Outcome> {
  const { services, answerBy } = action.turn;
  const ms = Math.max(0, answerBy - services.clock.now().getTime());
  const afterwards = (error: unknown): void => void tellFailureLater(action, error);
  const first = await within(work, { ms, sleep: services.sleep, afterwards });
  return first.kind === 'done' ? first.value : working(action);
}

async function actAndSettle(action: Action): Promise<Outcome> {
  const { turn, effect, claim } = action;
  const { services } = turn;
  try {
    await effect.act(turn.graph, claim);
  } catch (error) {
    if (!isAppError(error) || fateUnknown.has(error.code)) {
      services.log.warn({ error, reference: turn.reference }, 'the answer to a write was lost');
    } else {
      await voidClaim(services, claim, { kind: 'failed', code: error.code });
      throw error;
    }
  }
  const receipt = await untilRecorded(turn, effect, claim);
  if (receipt === undefined) return working(action);
  await settleClaim(services, effect, claim, { receipt, healed: false });
  services.wake();
  return done(action, receipt);
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
async function join(action: Action, again: () => Promise<Outcome>): Promise<Outcome> {
  const { services, answerBy } = action.turn;
  const now = (): number => services.clock.now().getTime();
  let claim: ClaimRow | undefined = action.claim;
  while (claim?.state === 'claimed' && now() < answerBy) {
    if (claim.lease_until <= now()) await heal(services, action.effect, claim);
    else await services.sleep(200);
    claim = await claimById(services, action.claim.id);
  }
  if (claim?.state === 'done') return done(action, JSON.parse(claim.receipt ?? 'null'));
  if (claim?.state === 'void') return again();
  return working(action);
}

/** The clicker was told "working"; the claim is void again, and a job tells so for as long as it takes. */
async function tellFailureLater({ turn, claim }: Action, error: unknown): Promise<void> {
  const { services } = turn;
  services.log.warn({ error, reference: claim.reference }, 'an action failed after its answer');
  try {
    await services.store.write((tx) =>
      enqueue(tx, services.clock, {
        kind: 'claim.tell',
        key: `tell:${claim.id}`,
        payload: { claim: claim.id },
      }),
    );
    services.wake();
  } catch (failure) {
    services.log.error({ error: failure, reference: claim.reference }, 'a failure could not be told');
  }
}

function viewer({ turn }: Action): Viewer {
  return { id: turn.actor.objectId, reference: turn.reference };
}

function working(action: Action): Outcome {
  const { turn, effect, claim, cardRef } = action;
  return { kind: 'card', card: effect.working(turn.services, claim, viewer(action)), ref: cardRef };
}

function done(action: Action, receipt: Json): Outcome {
  const { turn, effect, claim, cardRef } = action;
  return { kind: 'card', card: effect.done(turn.services, claim, receipt, viewer(action)), ref: cardRef };
}
