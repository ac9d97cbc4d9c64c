/** What the reviews cards need, one type a template in cards/reviews/. Sentences live in the templates. */

export type ScopeKind = 'group' | 'pim-group' | 'application' | 'package' | 'role' | 'other';

/** What is under review, as every card of it shows it. */
export interface SubjectView {
  readonly kind: ScopeKind;
  readonly name: string;
  /** What it is good for, in the words of the directory; empty: nobody wrote any. */
  readonly description: string;
  /** Names, or empty. */
  readonly owners: string;
  readonly tier: string;
  /** Hygiene: no owner, no description, a name that says nothing. Both of the first two only where Entra keeps such a thing. */
  readonly noOwner: boolean;
  readonly noDescription: boolean;
  readonly unclearName: boolean;
}

/** How far it is; -1 where Entra does not count. */
export interface ProgressView {
  readonly total: number;
  readonly left: number;
  readonly decided: number;
  /** 0 to 100, in steps of 5, for the bar. */
  readonly percent: number;
}

/**
 * cards/reviews/packet: one review for one reviewer. It is sent without anybody's token, so it counts the whole review;
 * opened by its reader (refresh: reviews.show {ref}) it counts what is theirs.
 * Buttons: reviews.show {ref, mode: one}, {ref, mode: list}, reviews.bulk {ref, kind: remove}, {ref, kind: keep}.
 */
export interface PacketView {
  readonly ref: string;
  /** 29: address of the reader, for the refresh; empty in the reader's own view, which needs none. */
  readonly mri: string;
  /** Name of the review and what its maker wrote for reviewers. */
  readonly review: string;
  readonly note: string;
  readonly subject: SubjectView;
  readonly dueAt: string;
  /** Days until then, for "tomorrow" and "in 5 days". */
  readonly dueDays: number;
  /** `mine`: only what this reader may decide; `all`: the whole review. */
  readonly counts: 'mine' | 'all';
  /** The review asks everybody about their own access. */
  readonly self: boolean;
  readonly progress: ProgressView;
  /** How many the reader has not decided and Entra recommends to remove; -1: not known. */
  readonly removable: number;
  /** How many could be kept in one go; -1 or 0: no such button. */
  readonly keepable: number;
  /** `1 of 2`, or empty. */
  readonly stage: string;
  /** What Entra does when nobody decides: `Approve`, `Deny`, `Recommendation` or empty. */
  readonly ifNobody: string;
  readonly canDecide: boolean;
  /** Why this reader may not decide it here, or empty. */
  readonly blocked: 'guest' | '';
  readonly problem: string;
  readonly portalUrl: string;
}

/** Somebody decided this item: on the person's card, in the list and after a decision. */
export interface VerdictView {
  /** `Approve`, `Deny`, `DontKnow`, or `NotReviewed`: then nothing else is filled. */
  readonly decision: string;
  readonly by: string;
  readonly byYou: boolean;
  readonly decidedAt: string;
  readonly reason: string;
}

/** What is known about one person. Every text may be empty: the card then says that Entra does not tell. */
export interface FactsView {
  /** `at`: lastSignInAt is filled; `never`: no sign-in on record; `unknown`: Entra did not say. */
  readonly signIn: 'at' | 'never' | 'unknown';
  readonly lastSignInAt: string;
  /** `direct`, `group` (howName), `package` (howName, sinceAt), or `unknown`. */
  readonly how: 'direct' | 'group' | 'package' | 'unknown';
  readonly howName: string;
  readonly sinceAt: string;
  readonly guest: boolean;
  /** Of a guest; empty: none on record. */
  readonly sponsors: string;
  readonly sponsorsKnown: boolean;
  readonly jobTitle: string;
  readonly department: string;
  /** Empty: none on record. */
  readonly manager: string;
  readonly managerKnown: boolean;
  /** `yes`, `no`, `unknown`. */
  readonly enabled: 'yes' | 'no' | 'unknown';
  /** Unlike the others in it, says Entra. */
  readonly outlier: 'yes' | 'no' | 'unknown';
  /** What was decided last time; empty decision: first time, or Entra does not tell (`lastKnown` false). */
  readonly lastKnown: boolean;
  readonly lastDecision: string;
  readonly lastBy: string;
  readonly lastAt: string;
  /** Somebody who is not in the directory any more, or no person at all. */
  readonly kind: 'user' | 'service' | 'gone';
}

export interface AdviceView {
  /** `Approve`, `Deny`, or empty: Entra recommends nothing. */
  readonly recommendation: string;
  /** Why: `inactive` (no sign-in in lookBackDays), `active`, `outlier`, or empty. */
  readonly because: 'inactive' | 'active' | 'outlier' | '';
  readonly lookBackDays: number;
}

/** What was just recorded, with the way back. Button: reviews.undo {ref, item, seen}. */
export interface BannerView {
  /** `Approve`, `Deny`, `DontKnow`, `NotReviewed` (taken back), or empty: no banner. */
  readonly decision: string;
  readonly name: string;
  readonly item: string;
  readonly seen: string;
  readonly unsure: boolean;
  readonly canUndo: boolean;
  readonly reference: string;
}

/** cards/reviews/over: nothing to press any more, and why. */
export interface OverView {
  /** `finished` by this reader; `decided` by others; `ended` on its day; `stopped` before; `stage`: another stage is at work; `removed`: no longer this reader's. */
  readonly why: 'finished' | 'decided' | 'ended' | 'stopped' | 'stage' | 'removed';
  readonly review: string;
  readonly subject: { readonly kind: ScopeKind; readonly name: string; readonly tier: string };
  readonly endsAt: string;
  /** Of this reader's items; -1 where not known. */
  readonly kept: number;
  readonly removed: number;
  readonly unsure: number;
  readonly left: number;
  /** The review asks everybody about their own access. */
  readonly self: boolean;
  /** Of the decision that finished it. */
  readonly banner: BannerView;
  /** While the review runs a finished reader may change their mind: reviews.show {ref, mode: list}; empty ref: no button. */
  readonly ref: string;
  readonly portalUrl: string;
}

/** cards/reviews/list: my reviews, and the reminder of several in one. Button a row: reviews.show {ref}. */
export interface ListView {
  /** `asked` by the reader; `reminder`. */
  readonly why: 'asked' | 'reminder';
  readonly reviews: readonly {
    readonly ref: string;
    readonly review: string;
    readonly subject: { readonly kind: ScopeKind; readonly name: string; readonly tier: string };
    readonly dueAt: string;
    readonly dueDays: number;
    /** -1: not known. */
    readonly left: number;
  }[];
  readonly more: number;
  readonly portalUrl: string;
}

/** cards/reviews/removed: told kindly to somebody whose access ended. Button: packages.open {package}. */
export interface RemovedView {
  readonly subject: { readonly kind: ScopeKind; readonly name: string };
  readonly removedAt: string;
  /** They said themselves that they do not need it. */
  readonly bySelf: boolean;
  /** A package that brings it back; empty: none. */
  readonly packageId: string;
  readonly packageName: string;
  /** Whom to ask where there is none; names, or empty. */
  readonly owners: string;
  readonly portalUrl: string;
}
