import { type Decision, permit, refuse } from '../../../policy/decision.js';
import { reasonProblem } from '../../../policy/reason.js';
import { blockedFor, type ReviewFacts } from '../rules.js';

export type BulkKind = 'remove' | 'keep';
export type BulkVerb = 'reviews.bulk-remove' | 'reviews.bulk-keep';

export interface BulkItem {
  readonly [key: string]: string;
  readonly id: string;
  readonly name: string;
}

export interface BulkFacts extends ReviewFacts {
  /** Out of the reader's own list, as it is now: nothing of it came with the press. */
  readonly items: readonly BulkItem[];
  /** The list is the one that was shown and agreed to. */
  readonly fresh: boolean;
  readonly reason: string;
}

export interface BulkArgs {
  readonly [key: string]: string | readonly BulkItem[];
  readonly definitionId: string;
  readonly instanceId: string;
  readonly stageId: string;
  readonly review: string;
  readonly subjectName: string;
  readonly ref: string;
  readonly by: string;
  readonly answer: 'Approve' | 'Deny';
  readonly reason: string;
  readonly tier: string;
  readonly items: readonly BulkItem[];
  readonly seen: string;
}

/** Stands in Entra for each of them where the reviewer wrote nothing: what happened, and no more. */
const removedTogether = 'Removed together with others, as Entra recommended.';

/** Many decisions with one press: only towards less access, or where little can go wrong. */
export function decideBulk<Verb extends BulkVerb>(
  verb: Verb,
  facts: BulkFacts,
  seen: string,
): Decision<Verb, BulkArgs> {
  const kind = kindOf(verb);
  const blocked = blockedFor(facts) ?? bulkBlocked(kind, facts);
  if (blocked !== undefined) return blocked;
  if (facts.items.length === 0) return refuse('reviews.nothing-left', []);
  if (!facts.fresh) return refuse('reviews.changed', ['last writer wins']);
  if (bulkReasonLacking(kind, facts) !== undefined) {
    return refuse('reviews.reason', [...facts.tierBasis, `tiers.${facts.tier.name}.review.reason`]);
  }
  const { place, ref, me, items } = facts;
  const reason = facts.reason === '' && kind === 'remove' ? removedTogether : facts.reason;
  const args = {
    ...place,
    ref,
    by: me.id,
    answer: kind === 'remove' ? 'Deny' : 'Approve',
    reason,
    tier: facts.tier.name,
    items,
    seen,
  } as const;
  return permit(verb, args, [...facts.tierBasis, `tiers.${facts.tier.name}.review`, 'reviews.bulkAtMost']);
}

export function kindOf(verb: BulkVerb): BulkKind {
  return verb === 'reviews.bulk-remove' ? 'remove' : 'keep';
}

/** Whether this may be done in one go at all; asked before it is even offered. */
export function bulkBlocked(kind: BulkKind, facts: ReviewFacts) {
  const basis = [...facts.tierBasis, `tiers.${facts.tier.name}.review.bulkKeep`];
  if (kind === 'keep' && (!facts.tier.review.bulkKeep || facts.selfReview || facts.severalSubjects)) {
    return refuse('reviews.no-bulk', basis);
  }
  // Without recommendations there is nothing that a bulk removal could follow; of one's own access there is only one.
  if (kind === 'remove' && (!facts.recommendations || facts.selfReview))
    return refuse('reviews.no-bulk', ['entra.review']);
  return undefined;
}

/** Keeping many takes one reason, always. Removing what Entra recommends says why by itself, where that is enough. */
export function bulkReasonNeeded(
  kind: BulkKind,
  { tier, reasonRequired, severalSubjects }: Pick<BulkFacts, 'tier' | 'reasonRequired' | 'severalSubjects'>,
): boolean {
  return kind === 'keep' || reasonRequired || severalSubjects || tier.review.reason === 'always';
}

export function bulkReasonLacking(kind: BulkKind, facts: BulkFacts): string | undefined {
  if (facts.reason === '' && !bulkReasonNeeded(kind, facts)) return undefined;
  return reasonProblem(facts.tier, facts.reason, 'decision');
}
