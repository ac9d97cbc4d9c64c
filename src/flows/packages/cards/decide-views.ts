/** What an approver said at an earlier stage. */
export interface EarlierView {
  /** 1 for the first. */
  readonly stage: number;
  /** Empty: nobody told who it was. */
  readonly byName: string;
  readonly at: string;
  readonly comment: string;
}

/**
 * cards/packages/decide: the approver's open card; refresh: packages.show {ref}. Buttons: packages.approve,
 * packages.deny {ref}, input `comment`.
 */
export interface DecideView {
  readonly ref: string;
  /** Address of the reader, for the refresh; empty: this is the reader's own view. */
  readonly mri: string;
  /** Who would get the access. */
  readonly requester: {
    readonly name: string;
    readonly jobTitle: string;
    readonly department: string;
    readonly guest: boolean;
    readonly sponsors: string;
  };
  /** Who asked for them, where that is somebody else; or empty. */
  readonly askedBy: string;
  readonly name: string;
  readonly description: string;
  readonly tier: string;
  /** What the package gives. */
  readonly opens: readonly { readonly name: string; readonly role: string; readonly kind: string }[];
  readonly moreOpens: number;
  readonly reason: string;
  readonly answers: readonly { readonly question: string; readonly answer: string }[];
  readonly moreAnswers: number;
  readonly askedAt: string;
  /** Wished by whoever asked; empty: as the package says. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly lasts: string;
  /** Why this person is asked: `manager`, `named`, `group` (its name in whyGroup), `sponsor`, or `listed` by Entra alone. */
  readonly why: string;
  readonly whyGroup: string;
  readonly as: 'first' | 'fallback' | 'escalation';
  /** The open stage, of how many. */
  readonly stage: number;
  readonly stages: number;
  readonly earlier: readonly EarlierView[];
  /** Names of what nobody may have together with it, and this person has. */
  readonly conflicts: string;
  /** False: it could not be read. */
  readonly conflictsKnown: boolean;
  /** Further requests of this person in the last 30 days that the bot knows of. */
  readonly lately: number;
  readonly others: string;
  /** When Entra denies it by itself, or empty. */
  readonly deniedAt: string;
  /** When others are asked too, or empty; and that they were. */
  readonly escalatesAt: string;
  readonly escalated: boolean;
  readonly comment: 'optional' | 'on-deny' | 'always';
  /** False where the policy only notifies, or it is not this reader's to decide: the card has the way to the portal. */
  readonly canDecide: boolean;
  /** Why this reader may not decide it here, or empty. */
  readonly blocked: 'guest' | 'not-listed' | '';
  /** It waits for long, and soon Entra denies it by itself. */
  readonly reminder: 'again' | 'soon' | '';
  readonly problem: string;
  readonly portalUrl: string;
}

/** cards/packages/decided: what became of it, for an approver. No buttons but the way out. */
export interface DecidedView {
  /** `passed`: approved at this stage, and somebody else decides next. `not-yours`: it waits, but for others. */
  readonly state:
    | 'working'
    | 'not-done'
    | 'approved'
    | 'passed'
    | 'denied'
    | 'expired'
    | 'cancelled'
    | 'closed'
    | 'not-yours';
  readonly name: string;
  readonly requester: string;
  readonly reason: string;
  readonly decidedBy: string;
  readonly byYou: boolean;
  readonly decidedAt: string;
  readonly comment: string;
  /** Names of those who decide next, or empty. */
  readonly nowWith: string;
  readonly portalUrl: string;
  readonly reference: string;
}

/** cards/packages/approvals: what waits for me. A row: packages.approval {request}. */
export interface ApprovalsView {
  readonly requests: readonly {
    readonly id: string;
    readonly requester: string;
    readonly name: string;
    readonly askedBy: string;
    readonly askedAt: string;
    /** The open stage, of those that are known of; 0: there is only one. */
    readonly stage: number;
  }[];
  readonly more: number;
  /** Further ones of which Entra did not say whose turn it is. */
  readonly unread: number;
  readonly portalUrl: string;
}

/** cards/packages/stuck: for those who answer for a package, when nobody can decide a request for it. */
export interface StuckView {
  /** `over`: somebody can now, or it is decided. */
  readonly state: 'stuck' | 'over';
  readonly name: string;
  readonly requester: string;
  readonly stage: number;
  readonly stages: number;
  readonly askedAt: string;
  readonly deniedAt: string;
  readonly portalUrl: string;
}
