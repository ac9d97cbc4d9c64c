import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../../../base/json.js';
import { type Decision, permit, refuse } from '../../../policy/decision.js';
import type { Capability, ReviewRule, Reviews, Tier } from '../../../policy/policy.js';

export interface PlanFacts {
  readonly capability: Capability;
  readonly me: { readonly id: string };
  /** Named in the policy file: only such groups are planned here. */
  readonly listed: boolean;
  /** Undefined: Entra does not know it. */
  readonly group:
    | { readonly id: string; readonly name: string; readonly owners: readonly string[] }
    | undefined;
  readonly tier: Tier;
  readonly tierBasis: readonly string[];
  readonly notSure: Reviews['notSure'];
  /** Reviewed as often as its tier asks. */
  readonly enough: boolean;
  /** How many reviews were made here for this group: one that was deleted since may be made again. */
  readonly made: number;
  /** The day it is for the organisation, as 2026-01-31. */
  readonly today: string;
}

/** A review ready to be made, as the preview shows it and as it is made afterwards. */
export interface ReadyReview {
  readonly [key: string]: Json;
  readonly group: string;
  readonly groupName: string;
  readonly name: string;
  readonly every: ReviewRule['every'];
  readonly startsOn: string;
  readonly days: number;
  readonly reviewers: 'owners' | 'you';
  readonly owners: readonly string[];
  readonly reasonRequired: boolean;
  readonly ifNobody: 'Deny' | 'Recommendation';
  readonly autoApply: boolean;
}

export interface CreateArgs extends ReadyReview {
  readonly personId: string;
  readonly seen: string;
  /** Ids of the reviews of this group that Entra knew before: what is new afterwards is ours. */
  readonly earlier: readonly string[];
}

/** The ready review, or why there is none. */
export type Draft =
  | { readonly kind: 'ready'; readonly ready: ReadyReview; readonly seen: string }
  | { readonly kind: 'refuse'; readonly code: string; readonly basis: readonly string[] };

export function draftReview(facts: PlanFacts): Draft {
  if (facts.capability !== 'act') return { kind: 'refuse', code: 'flows.off', basis: ['flows.reviews'] };
  if (!facts.listed) return { kind: 'refuse', code: 'reviews.not-in-plan', basis: ['assigned.groups'] };
  if (facts.group === undefined)
    return { kind: 'refuse', code: 'reviews.group-gone', basis: ['entra.group'] };
  if (facts.enough) {
    const basis = [...facts.tierBasis, `tiers.${facts.tier.name}.review.every`];
    return { kind: 'refuse', code: 'reviews.reviewed-enough', basis };
  }
  const ready = readyReview(facts, facts.group);
  return { kind: 'ready', ready, seen: seenOf(ready, facts.made) };
}

/** Permits what was seen and nothing else: a preview of yesterday, or of another owner, is looked at again. */
export function decideCreate(
  facts: PlanFacts & {
    readonly card: { readonly expired: boolean };
    readonly seen: string;
    readonly earlier: readonly string[];
  },
): Decision<'reviews.create', CreateArgs> {
  const draft = draftReview(facts);
  if (draft.kind === 'refuse') return refuse(draft.code, draft.basis);
  if (facts.card.expired) return refuse('flows.card-expired', []);
  if (draft.seen !== facts.seen) return refuse('reviews.plan-changed', []);
  const { me, seen, earlier, tier, tierBasis } = facts;
  const args = { ...draft.ready, personId: me.id, seen, earlier };
  return permit('reviews.create', args, [...tierBasis, `tiers.${tier.name}.review`, 'reviews.notSure']);
}

function readyReview(
  { tier, notSure, today }: PlanFacts,
  { id, name, owners }: NonNullable<PlanFacts['group']>,
): ReadyReview {
  const { every } = tier.review;
  const ifNobody = notSure === 'remove' ? 'Deny' : 'Recommendation';
  return {
    group: id,
    groupName: name,
    name: `Members of ${name}, ${every === 'per-project' ? 'once' : every}`,
    every,
    startsOn: firstDay(every, today),
    days: every === 'monthly' ? 7 : 14,
    reviewers: owners.length > 0 ? 'owners' : 'you',
    owners,
    reasonRequired: tier.name !== 'standard' || tier.review.reason !== 'against',
    ifNobody,
    // Removal by default, applied by itself, would empty a group whose reviewers are all on holiday: somebody looks first.
    autoApply: ifNobody !== 'Deny',
  };
}

/** Tomorrow; a series never begins on a day that some months do not have. What is held once begins when it is made. */
function firstDay(every: ReviewRule['every'], today: string): string {
  if (every === 'per-project') return today;
  const date = new Date(`${today}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  if (date.getUTCDate() > 28) date.setUTCMonth(date.getUTCMonth() + 1, 1);
  return date.toISOString().slice(0, 10);
}

function seenOf(ready: ReadyReview, made: number): string {
  return createHash('sha256')
    .update(canonicalJson({ ...ready, made }))
    .digest('base64url')
    .slice(0, 22);
}
