import { minute, second } from '../base/clock.js';
import type { DecisionInfo } from '../graph/access-review.js';

export interface ReviewerQuality {
  readonly id: string;
  readonly name: string;
  readonly decided: number;
  /** 0 to 1. */
  readonly keptShare: number;
  /** Median between two decisions; undefined: too few to tell. */
  readonly seconds: number | undefined;
  /** Kept everybody, and in seconds: worth a talk. */
  readonly hasty: boolean;
}

export interface SampledReason {
  readonly by: string;
  readonly decision: string;
  readonly about: string;
  readonly reason: string;
}

/** How well one review was decided. */
export interface ReviewQuality {
  readonly total: number;
  readonly kept: number;
  readonly removed: number;
  readonly unsure: number;
  /** Nobody decided, whatever Entra made of it when the review ended. */
  readonly undecided: number;
  /** Of those somebody decided about, 0 to 1. */
  readonly keptShare: number;
  /** Kept although Entra recommended to remove. */
  readonly against: number;
  readonly seconds: number | undefined;
  /** The hasty ones first, then who decided most. */
  readonly reviewers: readonly ReviewerQuality[];
  readonly reasons: readonly SampledReason[];
}

/** Whoever takes longer has been away from it: that time says nothing about how they decided. */
const longestThoughtMs = 10 * minute;
const hastyFrom = 5;
const hastyBelow = 10;
const reasonsAtMost = 5;

interface Decided extends DecisionInfo {
  readonly by: { readonly id: string; readonly name: string };
}

export function reviewQuality(decisions: readonly DecisionInfo[]): ReviewQuality {
  const decided = decisions.flatMap(asDecided);
  const byReviewer = grouped(decided);
  const count = (answer: string): number => decided.filter(({ decision }) => decision === answer).length;
  return {
    total: decisions.length,
    kept: count('Approve'),
    removed: count('Deny'),
    unsure: count('DontKnow'),
    undecided: decisions.length - decided.length,
    keptShare: shareKept(decided),
    against: decided.filter((each) => each.decision === 'Approve' && isAgainst(each)).length,
    seconds: median([...byReviewer.values()].flatMap(gaps)),
    reviewers: [...byReviewer.values()].map(reviewerQuality).sort(mostTelling),
    reasons: sample([...byReviewer.values()]),
  };
}

function asDecided(each: DecisionInfo): readonly Decided[] {
  const { reviewedBy: by } = each;
  return by === undefined || each.decision === 'NotReviewed' ? [] : [{ ...each, by }];
}

/** By reviewer, in an order that does not depend on how the decisions came. */
function grouped(decided: readonly Decided[]): ReadonlyMap<string, readonly Decided[]> {
  const groups = new Map<string, Decided[]>();
  for (const each of [...decided].sort((a, b) => compare(a.by.id, b.by.id) || compare(a.id, b.id))) {
    const group = groups.get(each.by.id);
    if (group === undefined) groups.set(each.by.id, [each]);
    else group.push(each);
  }
  return groups;
}

function reviewerQuality(own: readonly Decided[]): ReviewerQuality {
  const seconds = median(gaps(own));
  const keptShare = shareKept(own);
  const hasty = keptShare === 1 && own.length >= hastyFrom && seconds !== undefined && seconds < hastyBelow;
  const { id = '', name = '' } = own[0]?.by ?? {};
  return { id, name, decided: own.length, keptShare, seconds, hasty };
}

function mostTelling(a: ReviewerQuality, b: ReviewerQuality): number {
  return Number(b.hasty) - Number(a.hasty) || b.decided - a.decided || compare(a.name, b.name);
}

function shareKept(decided: readonly Decided[]): number {
  if (decided.length === 0) return 0;
  return decided.filter(({ decision }) => decision === 'Approve').length / decided.length;
}

/** Seconds between one decision of a reviewer and their next; several made with one press are zero apart. */
function gaps(own: readonly Decided[]): readonly number[] {
  const times = own
    .map(({ reviewedAt }) => Date.parse(reviewedAt ?? ''))
    .filter((time) => !Number.isNaN(time))
    .sort((a, b) => a - b);
  return times
    .slice(1)
    .map((time, index) => time - (times[index] ?? time))
    .filter((gap) => gap <= longestThoughtMs)
    .map((gap) => gap / second);
}

function median(numbers: readonly number[]): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) return undefined;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

function isAgainst({ decision, recommendation }: DecisionInfo): boolean {
  return (
    (decision === 'Approve' && recommendation === 'Deny') ||
    (decision === 'Deny' && recommendation === 'Approve')
  );
}

/** One of each reviewer in turn, what goes against the recommendation first; the same words of one reviewer once. */
function sample(byReviewer: readonly (readonly Decided[])[]): readonly SampledReason[] {
  const queues = byReviewer
    .map(telling)
    .filter((queue) => queue.length > 0)
    .sort((a, b) => againstIn(b) - againstIn(a));
  const longest = Math.max(0, ...queues.map((queue) => queue.length));
  const turns = Array.from({ length: longest }, (_, turn) => queues.flatMap((queue) => queue[turn] ?? []));
  return turns
    .flat()
    .slice(0, reasonsAtMost)
    .map(({ by, decision, principal, justification }) => ({
      by: by.name,
      decision,
      about: principal.name,
      reason: justification.trim(),
    }));
}

function telling(own: readonly Decided[]): readonly Decided[] {
  const said = new Set<string>();
  return own
    .filter(({ justification }) => justification.trim() !== '')
    .sort((a, b) => Number(isAgainst(b)) - Number(isAgainst(a)))
    .filter(({ justification }) => {
      const words = justification.trim().toLowerCase();
      return !said.has(words) && said.add(words);
    });
}

function againstIn([first]: readonly Decided[]): number {
  return first !== undefined && isAgainst(first) ? 1 : 0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
