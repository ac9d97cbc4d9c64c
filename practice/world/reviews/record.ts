import { refuse } from '../refusal.js';
import type { Definition } from './definition.js';
import {
  currentRound,
  type Decided,
  type Decision,
  type Instance,
  indexesOf,
  type Place,
  type Round,
} from './instance.js';
import { recommendation } from './recommendation.js';
import { reviewerTest } from './reviewers.js';
import type { Reviews } from './reviews.js';
import { resourceIdOf, scopeOf } from './scope.js';
import { indexOf } from './subjects.js';

export interface Verdict {
  readonly decision: Decision;
  readonly justification: string;
}

/** Which items of a running round a bulk operation is about. */
export interface Narrowed {
  readonly principalId: string | undefined;
  readonly resourceId: string | undefined;
}

export function refuseReviewer(): never {
  return refuse(403, 'UnAuthorized', 'User is not authorized to perform the operation. Reason: Unauthorized');
}

/** A reviewer decides about one item. The last word counts, whoever said it. */
export function decideItem(
  reviews: Reviews,
  definition: Definition,
  place: Place,
  personId: string,
  verdict: Verdict,
): void {
  const { instance, round, index } = place;
  // Authority first: whoever is not asked must not learn how far the review is.
  const mine = reviewerTest(reviews.ports.holdings, definition, instance, round);
  if (!mine(index, personId)) refuseReviewer();
  checkOpen(instance, round);
  checkReason(definition, verdict);
  write(reviews, round, [index], verdict, personId);
}

/** Decides many items at once, or takes their decisions back. Nothing to narrow it by means all of them. */
export function decideMany(
  reviews: Reviews,
  definition: Definition,
  instance: Instance,
  wish: { readonly by: string; readonly only?: readonly number[]; readonly verdict: Verdict | undefined },
): void {
  const round = openRound(instance);
  if (wish.verdict) checkReason(definition, wish.verdict);
  const indexes = wish.only ?? indexesOf(instance, round);
  if (wish.verdict) {
    write(reviews, round, indexes, wish.verdict, wish.by);
    return;
  }
  for (const index of indexes) round.decided.delete(index);
  reviews.decided();
}

/** Positions of the items that fit; a 404 when ids were given and nothing fits them. */
export function narrowed(
  definition: Definition,
  instance: Instance,
  { principalId, resourceId }: Narrowed,
): number[] {
  const round = openRound(instance);
  const scope = scopeOf(definition);
  const fits = resourceId === undefined || (scope && resourceIdOf(scope) === resourceId.toLowerCase());
  if (!fits) return noSuchItem();
  const all = indexesOf(instance, round);
  if (principalId === undefined) return [...all];
  const index = indexOf(instance.subjects, principalId.toLowerCase());
  return all.includes(index) ? [index] : noSuchItem();
}

/** Takes over the recommendation wherever this reviewer has not decided yet. */
export function acceptRecommendations(
  reviews: Reviews,
  definition: Definition,
  instance: Instance,
  personId: string,
): void {
  const round = openRound(instance);
  const mine = reviewerTest(reviews.ports.holdings, definition, instance, round);
  const own = indexesOf(instance, round).filter((index) => mine(index, personId));
  if (own.length === 0) refuseReviewer();
  for (const index of own.filter((each) => !round.decided.has(each))) {
    const decision = recommendation(definition, { instance, round, index });
    if (decision !== 'NoInfoAvailable') {
      put(round, index, stamped(reviews, { decision, justification: '' }, personId));
    }
  }
  reviews.decided();
}

/** The round that takes decisions now. */
export function openRound(instance: Instance): Round {
  const round = currentRound(instance) ?? notActive();
  checkOpen(instance, round);
  return round;
}

function checkOpen(instance: Instance, round: Round): void {
  if (instance.status !== 'InProgress' || round.status !== 'InProgress') notActive();
}

function checkReason({ settings }: Definition, { decision, justification }: Verdict): void {
  const wanted = settings.justificationRequiredOnApproval && decision === 'Approve';
  if (wanted && justification.trim() === '') {
    refuse(400, 'JustificationRequired', 'A justification is required to approve access in this review.');
  }
}

function write(
  reviews: Reviews,
  round: Round,
  indexes: readonly number[],
  verdict: Verdict,
  by: string,
): void {
  const decided = stamped(reviews, verdict, by);
  for (const index of indexes) put(round, index, decided);
  reviews.decided();
}

// Taken out first: a map keeps the place of what it knows, and here the newest stands last.
function put(round: Round, index: number, decided: Decided): void {
  round.decided.delete(index);
  round.decided.set(index, decided);
}

function stamped(reviews: Reviews, { decision, justification }: Verdict, byId: string): Decided {
  return { decision, justification, byId, at: new Date(reviews.now()).toISOString() };
}

function notActive(): never {
  return refuse(400, 'AccessReviewNotActive', 'The access review is not in progress: it takes no decisions.');
}

function noSuchItem(): never {
  return refuse(
    404,
    'ResourceNotFound',
    'No decision item of this instance fits the principal and the resource.',
  );
}
