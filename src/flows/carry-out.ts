import { isAppError } from '../base/errors.js';
import type { Json } from '../base/json.js';
import { within } from '../base/sleep.js';
import type { GraphAs } from '../graph/graph.js';
import { changeCard } from '../jobs/cards.js';
import { enqueue } from '../jobs/enqueue.js';
import type { Permit } from '../policy/decision.js';
import type { ClaimRow } from '../store/schema.js';
import { claimById, claimOfStep, leaseMs, renewClaim, settleClaim, takeClaim, voidClaim } from './claims.js';
import type { ClaimKey, DeclaredEffect, Effect, Viewer } from './effect.js';
import { flowError } from './errors.js';
import type { Outcome } from './flow.js';
import { heal } from './reconcile.js';
import type { HouseServices, Turn } from './turn.js';

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
  next?: Next,
): Promise<Outcome> {
  const { args } = permitted.permit;
  // Reading the facts took all the time there was: the person is told to try again, so nothing may happen behind them.
  if (turn.services.clock.now().getTime() >= turn.answerBy) throw flowError('flows.too-slow');
  const wanted = { key: effect.key(args), effect: effect.name, args, cardRef, basis: permitted.basis };
  const taken = await takeClaim(turn, wanted);
  const action: Action = { turn, effect, claim: taken.claim, cardRef, next };
  if (taken.kind === 'mine') return answerInTime(action, actAndSettle(action));
  return join<never>(action, () => carryOut(turn, permitted, effect, cardRef, next));
}

/**
 * The outcome of a step that was taken before, for a press that comes again when what it was decided on is gone.
 * Undefined: nobody took that step.
 */
export async function outcomeOf(
  turn: Turn,
  effect: Effect,
  key: ClaimKey,
  cardRef: string,
  next?: Next,
): Promise<Outcome | undefined> {
  const claim = await claimOfStep(turn.services, key);
  if (claim === undefined || claim.effect !== effect.name) return undefined;
  return join<undefined>({ turn, effect, claim, cardRef, next }, async () => undefined);
}

/** What the clicker sees once it is recorded, where that is more than the effect's own card: the next thing to decide. */
export type Next = (receipt: Json) => Promise<Outcome>;

interface Action {
  readonly turn: Turn;
  readonly effect: Effect;
  readonly claim: ClaimRow;
  /** The card that was clicked now; the claim may be of another one. */
  readonly cardRef: string;
  readonly next: Next | undefined;
}

interface Settled {
  readonly receipt: Json;
}

/** The act goes on after the answer, with the token in this process's memory only; the card is edited when it ends. */
async function answerInTime(action: Action, work: Promise<Settled | undefined>): Promise<Outcome> {
  const { services } = action.turn;
  const afterwards = (error: unknown): void => void tellFailureLater(action, error);
  const first = await within(work, { ms: timeLeft(action.turn), sleep: services.sleep, afterwards });
  if (first.kind === 'done')
    return first.value === undefined ? working(action) : done(action, first.value.receipt);
  void work.then((settled) => showLate(action, settled)).catch(() => undefined);
  return working(action);
}

function timeLeft({ services, answerBy }: Turn): number {
  return Math.max(0, answerBy - services.clock.now().getTime());
}

/** While this process is at it nobody else may think that it died, however long Entra makes it wait. */
async function actAndSettle(action: Action): Promise<Settled | undefined> {
  const ended = new AbortController();
  const kept = keepLease(action.turn.services, action.claim, ended.signal);
  try {
    return await actThenSettle(action);
  } finally {
    ended.abort();
    await kept;
  }
}

async function keepLease(services: HouseServices, claim: ClaimRow, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    await services.sleep(leaseMs / 3, ended);
    if (ended.aborted) return;
    try {
      await renewClaim(services, claim);
    } catch (error) {
      services.log.warn({ error, reference: claim.reference }, 'the lease of a claim could not be renewed');
    }
  }
}

async function actThenSettle(action: Action): Promise<Settled | undefined> {
  const { turn, effect, claim } = action;
  const { services } = turn;
  try {
    await effect.act(turn.graph, claim, services);
  } catch (error) {
    if (!isAppError(error) || fateUnknown.has(error.code)) {
      services.log.warn({ error, reference: turn.reference }, 'the answer to a write was lost');
    } else {
      await voidClaim(services, claim, { kind: 'failed', code: error.code });
      throw error;
    }
  }
  const receipt = await untilRecorded(turn, effect, claim);
  if (receipt === undefined) return undefined;
  await settleClaim(services, effect, claim, { receipt, healed: false });
  services.wake();
  return { receipt };
}

/** What we asked for is never shown as done: only what Entra gives back when asked. */
async function untilRecorded(turn: Turn, effect: Effect, claim: ClaimRow): Promise<Json | undefined> {
  for (const [look, gap] of receiptGapsMs.entries()) {
    if (gap > 0) await turn.services.sleep(gap);
    try {
      const receipt = await effect.recorded(turn.graph, claim, look === receiptGapsMs.length - 1);
      if (receipt !== undefined) return receipt;
    } catch (error) {
      turn.services.log.warn({ error, reference: turn.reference }, 'the receipt could not be read yet');
    }
  }
  return undefined;
}

/** Somebody was first: wait a little for their outcome, and if their process died, heal it and try again. */
async function join<Else>(action: Action, again: () => Promise<Outcome | Else>): Promise<Outcome | Else> {
  const { services, answerBy } = action.turn;
  const now = (): number => services.clock.now().getTime();
  let claim: ClaimRow | undefined = action.claim;
  let looked = false;
  while (claim?.state === 'claimed' && now() < answerBy) {
    // Once a press: where nobody can tell yet, asking again at once does not help.
    const dead = claim.lease_until <= now() && !looked;
    if (dead) looked = !(await heal(services, action.effect, claim, ownEyes(action)));
    else await services.sleep(200);
    claim = await claimById(services, action.claim.id);
  }
  if (claim?.state === 'done') return done(action, JSON.parse(claim.receipt ?? 'null'));
  if (claim?.state === 'void') return again();
  return working(action);
}

/** Whoever acted may press again after a crash: their own token sees more than the bot's. */
function ownEyes({ turn, claim, effect }: Action): GraphAs | undefined {
  return effect.seenByAll || claim.actor_id === turn.actor.objectId ? turn.graph : undefined;
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

async function done(action: Action, receipt: Json): Promise<Outcome> {
  const { turn, effect, claim, cardRef, next } = action;
  const plain: Outcome = {
    kind: 'card',
    card: effect.done(turn.services, claim, receipt, viewer(action)),
    ref: cardRef,
  };
  if (next === undefined) return plain;
  // It is recorded: whatever goes wrong with the next card must not look as if it were not.
  const problem = (error: unknown): void =>
    turn.services.log.warn(
      { error, reference: turn.reference },
      'the card after a decision could not be made',
    );
  try {
    const shown = await within(next(receipt), {
      ms: timeLeft(turn),
      sleep: turn.services.sleep,
      afterwards: problem,
    });
    return shown.kind === 'done' ? shown.value : plain;
  } catch (error) {
    problem(error);
    return plain;
  }
}

/** The clicker was told "working": their message gets the outcome, unless something else has made it final meanwhile. */
async function showLate(action: Action, settled: Settled | undefined): Promise<void> {
  if (settled === undefined) return;
  const { turn, effect, claim, cardRef } = action;
  const { services } = turn;
  const card = effect.done(services, claim, settled.receipt, viewer(action));
  try {
    await services.store.write((tx) => changeCard(tx, services.clock, cardRef, card, { force: true }));
    services.wake();
  } catch (error) {
    services.log.error({ error, reference: turn.reference }, 'an outcome could not be shown');
  }
}
