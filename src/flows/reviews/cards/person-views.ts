import type { AdviceView, BannerView, FactsView, ProgressView, ScopeKind, VerdictView } from './views.js';

/** What the cards need on which people are decided about, one by one and many at once. */

/**
 * cards/reviews/person: one person, facts first. Buttons: reviews.keep, reviews.remove, reviews.unsure {ref, item, seen},
 * input `reason`; reviews.show {ref, mode: one, skip} (later / back), {ref, mode: list}, {ref, mode: home}.
 */
export interface PersonView {
  readonly ref: string;
  readonly item: string;
  /** What the reader saw: a decision made on an older picture is asked about again. */
  readonly seen: string;
  readonly review: string;
  readonly subject: { readonly kind: ScopeKind; readonly name: string; readonly tier: string };
  readonly dueAt: string;
  readonly name: string;
  readonly address: string;
  /** The reader decides about themselves, because the review asks everybody about their own access. */
  readonly self: boolean;
  /** The reader's own access, in a review by others: it may be removed here, not kept. */
  readonly own: boolean;
  readonly facts: FactsView;
  readonly advice: AdviceView;
  readonly verdict: VerdictView;
  /** Of an earlier stage; NotReviewed where there is none. */
  readonly earlier: VerdictView;
  /** Somebody else decided since the card was made: the last press counts, so it is asked first. */
  readonly conflict: boolean;
  /** When a reason is asked for, so that it can be said beforehand. */
  readonly reason: {
    readonly keep: boolean;
    readonly remove: boolean;
    readonly atLeast: number;
    readonly typed: string;
  };
  /** What "not sure" does here: `remove` or `dont-know`. */
  readonly unsure: 'remove' | 'dont-know';
  /** A package that would bring the access back, or empty. */
  readonly wayBack: string;
  readonly position: {
    readonly number: number;
    readonly left: number;
    readonly later: number;
    readonly back: number;
  };
  readonly banner: BannerView;
  /** Decided by the reader, so that it can be taken back. */
  readonly canUndo: boolean;
  readonly canDecide: boolean;
  readonly problem: string;
  readonly portalUrl: string;
}

export interface RowView {
  readonly item: string;
  readonly seen: string;
  readonly name: string;
  readonly guest: boolean;
  readonly enabled: 'yes' | 'no' | 'unknown';
  readonly department: string;
  readonly signIn: 'at' | 'never' | 'unknown';
  readonly lastSignInAt: string;
  readonly recommendation: string;
  /** Which of several things this row is about; empty where there is one. */
  readonly about: string;
  readonly verdict: VerdictView;
  readonly index: number;
}

/**
 * cards/reviews/page: several people. Buttons a row: reviews.keep, reviews.remove {ref, item, seen},
 * reviews.show {ref, mode: person, item}; below: reviews.show {ref, mode: list, skip}, {ref, mode: one}, {ref, mode: home}.
 * One input `reason` for whichever row is pressed.
 */
export interface PageView {
  readonly ref: string;
  readonly review: string;
  readonly subject: { readonly kind: ScopeKind; readonly name: string; readonly tier: string };
  readonly dueAt: string;
  readonly progress: ProgressView;
  readonly rows: readonly RowView[];
  readonly first: number;
  readonly last: number;
  /** -1: no such page. */
  readonly previous: number;
  readonly next: number;
  readonly reasonHint: 'against' | 'keep' | 'always';
  readonly reasonAtLeast: number;
  readonly typed: string;
  readonly banner: BannerView;
  readonly canDecide: boolean;
  readonly problem: string;
  readonly portalUrl: string;
}

/** cards/reviews/bulk: asked before it happens. Buttons: reviews.bulk-remove or reviews.bulk-keep {ref, seen}, input `reason`; reviews.show {ref, mode: home}. */
export interface BulkView {
  readonly ref: string;
  readonly kind: 'remove' | 'keep';
  readonly seen: string;
  readonly review: string;
  readonly subject: { readonly kind: ScopeKind; readonly name: string; readonly tier: string };
  readonly count: number;
  /** There are more than one press may take; they come with the next. */
  readonly more: number;
  readonly names: readonly {
    readonly name: string;
    readonly signIn: 'at' | 'never' | 'unknown';
    readonly lastSignInAt: string;
  }[];
  readonly unnamed: number;
  readonly lookBackDays: number;
  readonly reasonNeeded: boolean;
  readonly reasonAtLeast: number;
  readonly typed: string;
  readonly problem: string;
  readonly portalUrl: string;
}

/** cards/reviews/bulk-result: person by person what Entra recorded. Buttons: reviews.bulk {ref, kind}, reviews.show {ref, mode: one | list | home}. */
export interface BulkResultView {
  readonly ref: string;
  /** `working`: it goes on; `not-done`: nothing was recorded. */
  readonly state: 'working' | 'done' | 'not-done';
  readonly kind: 'remove' | 'keep';
  readonly review: string;
  readonly subject: { readonly kind: ScopeKind; readonly name: string; readonly tier: string };
  readonly recorded: number;
  readonly failed: number;
  /** Decided by somebody else meanwhile, and left alone. */
  readonly others: number;
  readonly names: readonly { readonly name: string; readonly result: 'recorded' | 'failed' | 'other' }[];
  readonly unnamed: number;
  readonly reason: string;
  readonly reference: string;
  readonly portalUrl: string;
}

/** cards/reviews/recorded: one decision, while it is under way or where the next card could not be made. Button: reviews.show {ref, mode: one}. */
export interface RecordedView {
  readonly ref: string;
  readonly state: 'working' | 'done' | 'not-done';
  /** `Approve`, `Deny`, `DontKnow` or `NotReviewed` (taken back). */
  readonly decision: string;
  readonly name: string;
  readonly review: string;
  readonly subjectName: string;
  readonly by: string;
  readonly byYou: boolean;
  readonly decidedAt: string;
  readonly reason: string;
  readonly problem: string;
  readonly reference: string;
  readonly portalUrl: string;
}
