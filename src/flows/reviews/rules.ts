import { type Decision, permit, refuse } from '../../policy/decision.js';
import type { Capability, Tier } from '../../policy/policy.js';
import { reasonProblem } from '../../policy/reason.js';

export type Answer = 'Approve' | 'Deny' | 'DontKnow' | 'NotReviewed';
export type DecideVerb = 'reviews.keep' | 'reviews.remove' | 'reviews.unsure' | 'reviews.undo';

/** Who acts on which review: the same for one decision and for many. */
export interface ReviewFacts {
  readonly capability: Capability;
  readonly expired: boolean;
  readonly me: { readonly id: string; readonly guest: boolean };
  /** As Entra says now, of the instance and of the stage this card is for. */
  readonly running: boolean;
  readonly selfReview: boolean;
  readonly tier: Tier;
  readonly tierBasis: readonly string[];
  /** Entra's own setting. */
  readonly reasonRequired: boolean;
  readonly recommendations: boolean;
  /** A review of several groups or roles at once: each item says what it is about. */
  readonly severalSubjects: boolean;
  readonly notSure: 'remove' | 'dont-know';
  /** The card that was pressed. */
  readonly ref: string;
  readonly place: Place;
}

interface Place {
  readonly definitionId: string;
  readonly instanceId: string;
  /** Empty: a review without stages. */
  readonly stageId: string;
  readonly review: string;
  readonly subjectName: string;
}

export interface DecideArgs extends Place {
  readonly [key: string]: string;
  /** The card it was decided on, and its reader: only for them it leads on. */
  readonly ref: string;
  readonly by: string;
  readonly itemId: string;
  readonly name: string;
  readonly principalId: string;
  readonly resourceId: string;
  readonly answer: Answer;
  readonly reason: string;
  readonly seen: string;
  /** Where an undo leads back to. */
  readonly verb: DecideVerb;
  /** What Entra had, whoever said it. */
  readonly stood: string;
  readonly wasAnswer: string;
  readonly wasReason: string;
}

export interface ItemFacts {
  readonly id: string;
  readonly name: string;
  readonly principalId: string;
  readonly resourceId: string;
  readonly decision: string;
  readonly byMe: boolean;
  readonly reason: string;
  readonly recommendation: string;
  /** What it looks like now; a decision is made on a look, and only once on each. */
  readonly seen: string;
}

export interface DecideFacts extends ReviewFacts {
  /** Absent: not in this person's list, or not in Entra at all. */
  readonly item: ItemFacts | undefined;
  /** Being decided with many others at this moment. */
  readonly inBulk: boolean;
  /** The card showed what Entra still has. */
  readonly fresh: boolean;
  readonly reason: string;
}

/** What was decided, in full: exactly this is written. */
export interface Decided {
  readonly answer: Answer;
  readonly reason: string;
}

/** As long as the field on the card lets people write. */
export const longestReason = 1000;

/** Taken for the reason when somebody was not sure and Entra wants one: it says what happened, and claims no more. */
const unsureReason = 'The reviewer was not sure that this access is still needed.';

export function decideItem<Verb extends DecideVerb>(
  verb: Verb,
  facts: DecideFacts,
  /** What an undo goes back to. */
  before: Decided,
): Decision<Verb, DecideArgs> {
  const { item, me, tier } = facts;
  const blocked = blockedFor(facts);
  if (blocked !== undefined) return blocked;
  if (item === undefined) return refuse('reviews.not-yours', ['entra.reviewers']);
  const wanted = wantedBy(verb, facts, before);
  if (wanted.answer === 'Approve' && item.principalId === me.id && !facts.selfReview) {
    return refuse('reviews.own-access', ['self-approval never']);
  }
  if (verb === 'reviews.undo' && (!item.byMe || item.decision === 'NotReviewed')) {
    return refuse('reviews.nothing-to-undo', []);
  }
  if (facts.inBulk) return refuse('reviews.busy', []);
  if (!facts.fresh) return refuse('reviews.changed', ['last writer wins']);
  // Entra takes a decision back by person and resource, and with one of them missing it would take back more.
  if (wanted.answer === 'NotReviewed' && item.resourceId === '') return refuse('reviews.no-way-back', []);
  if (verb !== 'reviews.undo' && reasonLacking(facts, item, wanted) !== undefined) {
    return refuse('reviews.reason', [...facts.tierBasis, ...reasonBasis(facts, item, wanted.answer)]);
  }
  return permit(verb, argsOf(verb, facts, { item, wanted }), [
    ...facts.tierBasis,
    `tiers.${tier.name}.review`,
    'entra.reviewers',
  ]);
}

function argsOf(
  verb: DecideVerb,
  { place, ref, me }: DecideFacts,
  { item, wanted }: { readonly item: ItemFacts; readonly wanted: Decided },
): DecideArgs {
  const { id: itemId, name, principalId, resourceId, seen } = item;
  // What somebody else had said is not this person's to say again.
  const was = item.byMe
    ? { wasAnswer: item.decision, wasReason: item.reason }
    : { wasAnswer: 'NotReviewed', wasReason: '' };
  const about = { itemId, name, principalId, resourceId, seen, stood: item.decision, ...was };
  return { ...place, ref, by: me.id, verb, ...about, ...wanted };
}

export function blockedFor(facts: ReviewFacts) {
  if (facts.capability !== 'act') return refuse('flows.off', ['flows.reviews']);
  if (!facts.running) return refuse('reviews.over', ['entra.review']);
  if (facts.expired) return refuse('flows.card-expired', []);
  return guestBlocked(facts);
}

export function guestBlocked({ me, selfReview, tier, tierBasis }: ReviewFacts) {
  const blocked = me.guest && !selfReview && !tier.guests.mayApprove;
  return blocked ? refuse('reviews.no-guest-reviewer', tierBasis) : undefined;
}

function wantedBy(verb: DecideVerb, facts: DecideFacts, before: Decided): Decided {
  switch (verb) {
    case 'reviews.keep':
      return { answer: 'Approve', reason: facts.reason };
    case 'reviews.remove':
      return { answer: 'Deny', reason: facts.reason };
    case 'reviews.unsure':
      return {
        answer: facts.notSure === 'remove' ? 'Deny' : 'DontKnow',
        reason: facts.reason === '' ? unsureReason : facts.reason,
      };
    case 'reviews.undo':
      return before;
  }
}

/** When a reason is asked for: said on the card beforehand, and held to at the click. */
export function reasonNeeded(
  facts: ReasonFacts,
  item: Pick<ItemFacts, 'recommendation' | 'principalId'>,
  answer: Answer,
): boolean {
  return reasonBasis(facts, item, answer).length > 0;
}

type ReasonFacts = Pick<ReviewFacts, 'tier' | 'reasonRequired' | 'recommendations' | 'me'>;

function reasonBasis(
  facts: ReasonFacts,
  { recommendation, principalId }: Pick<ItemFacts, 'recommendation' | 'principalId'>,
  answer: Answer,
): readonly string[] {
  const { tier, me } = facts;
  // Nobody has to explain that they give something back, unless Entra itself asks.
  if (answer === 'Deny' && principalId === me.id) return facts.reasonRequired ? ['entra.reason'] : [];
  const against = facts.recommendations && isAgainst(recommendation, answer);
  return [
    ...(facts.reasonRequired ? ['entra.reason'] : []),
    ...(against ? ['against the recommendation'] : []),
    ...(tier.review.reason === 'always' || (tier.review.reason === 'keep' && answer === 'Approve')
      ? [`tiers.${tier.name}.review.reason`]
      : []),
  ];
}

export function isAgainst(recommendation: string, answer: string): boolean {
  return (
    (recommendation === 'Deny' && answer === 'Approve') || (recommendation === 'Approve' && answer === 'Deny')
  );
}

/** A sentence about what the reason lacks; undefined when it will do, or when none is asked for. */
function reasonLacking(facts: DecideFacts, item: ItemFacts, wanted: Decided): string | undefined {
  // Whoever is not sure has said so: that is the reason.
  if (wanted.reason === unsureReason) return undefined;
  if (!reasonNeeded(facts, item, wanted.answer)) return undefined;
  return reasonProblem(facts.tier, wanted.reason, 'decision');
}

/** The sentence of a refusal for its reason, for the card. */
export function reasonSentence(facts: Pick<DecideFacts, 'tier' | 'reason'>): string {
  return reasonProblem(facts.tier, facts.reason, 'decision') ?? '';
}
