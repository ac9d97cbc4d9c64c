import type { SubjectView } from './views.js';

/** What the cards need that owners and administrators of reviews get. */

/** cards/reviews/quality: how well a review was decided, for its owner. */
export interface QualityView {
  readonly review: string;
  readonly subject: SubjectView;
  readonly endedAt: string;
  readonly total: number;
  readonly kept: number;
  readonly removed: number;
  readonly unsure: number;
  readonly undecided: number;
  readonly keptPercent: number;
  readonly against: number;
  /** Median seconds between two decisions of one reviewer; -1: too few to tell. */
  readonly seconds: number;
  readonly reviewers: readonly {
    readonly name: string;
    readonly decided: number;
    readonly keptPercent: number;
    readonly seconds: number;
    /** Kept everybody, and in seconds: worth a talk. */
    readonly hasty: boolean;
  }[];
  readonly moreReviewers: number;
  readonly reasons: readonly {
    readonly by: string;
    readonly decision: string;
    readonly about: string;
    readonly reason: string;
  }[];
  readonly portalUrl: string;
}

/** cards/reviews/plan: groups that deserve review more often than they get it. Button a row: reviews.draft {group}. */
export interface PlanView {
  readonly groups: readonly {
    readonly id: string;
    readonly name: string;
    readonly tier: string;
    readonly deserves: string;
    /** `weekly`, `monthly`, … `once`, or empty: no review at all. */
    readonly has: string;
    readonly noOwner: boolean;
  }[];
  readonly more: number;
  readonly fine: number;
  readonly portalUrl: string;
}

/** cards/reviews/draft: the definition before it is made. Button: reviews.create {group, seen}. */
export interface DraftView {
  readonly group: string;
  readonly seen: string;
  readonly name: string;
  readonly groupName: string;
  readonly tier: string;
  readonly every: string;
  readonly startsAt: string;
  readonly days: number;
  /** `owners`, or `you` where the group has none. */
  readonly reviewers: 'owners' | 'you';
  readonly owners: string;
  readonly reasonRequired: boolean;
  readonly ifNobody: 'Deny' | 'Recommendation' | '';
  readonly autoApply: boolean;
  readonly problem: string;
  readonly portalUrl: string;
}

/** cards/reviews/created: what Entra made of it. Button: reviews.plan. */
export interface CreatedView {
  readonly state: 'working' | 'done' | 'not-done';
  readonly name: string;
  readonly groupName: string;
  readonly every: string;
  readonly startsAt: string;
  readonly reference: string;
  readonly portalUrl: string;
}
