import type { AskedView, RequesterView, TargetView } from './views.js';

/** What the cards need that tell of a use, and of what should be put right; the rest of views.ts. */

/** cards/pim/emergency: told at once to whoever answers for an emergency role, and to the security channel. No buttons. */
export interface EmergencyView {
  readonly person: string;
  readonly jobTitle: string;
  readonly target: TargetView;
  readonly asked: AskedView;
  readonly startsAt: string;
  readonly endsAt: string;
  /** It waits for an approval, and is not active yet. */
  readonly waiting: boolean;
  /** Whoever reads this will get the after-action card and has to close it. */
  readonly reviewsIt: boolean;
  readonly portalUrl: string;
}

/** cards/pim/look-back: what was done with it. Buttons: pim.expected {ref}, pim.question {ref}, input `comment`. */
export interface LookBackView {
  readonly ref: string;
  readonly person: RequesterView;
  readonly target: TargetView;
  readonly asked: AskedView;
  readonly approvedBy: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly endedBy: 'time' | 'self' | 'other' | '';
  /** The most dangerous first, then by time; at most ten. */
  readonly did: readonly {
    /** When it was first done. */
    readonly at: string;
    /** When it was last done; empty where that is the same minute. */
    readonly lastAt: string;
    readonly what: string;
    /** On what, or empty. */
    readonly on: string;
    readonly ok: boolean;
    readonly times: number;
    /** It can give lasting power, or take away a protection. */
    readonly danger: 'high' | '';
  }[];
  /** How many deeds are not among them. */
  readonly more: number;
  /** All that was read, shown or not; where the log is `cut` there was more. */
  readonly done: number;
  readonly failed: number;
  /**
   * `whole`; `late`: Entra's log may still bring more, and the card will say so; `cut`: there is more than was read;
   * `unread`: it could not be read.
   */
  readonly log: 'whole' | 'late' | 'cut' | 'unread';
  /** The line of the policy that asked for this look. */
  readonly because: string;
  /** Emergency use: it stays open until somebody else closes it. */
  readonly mustClose: boolean;
  /** What was typed, where something was wrong with it. */
  readonly comment: string;
  readonly problem: string;
  readonly portalUrl: string;
}

/** cards/pim/looked-back: somebody said what they think of it. */
export interface LookedBackView {
  readonly state: 'working' | 'expected' | 'question';
  readonly person: string;
  readonly target: TargetView;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly by: string;
  readonly byYou: boolean;
  readonly at: string;
  readonly comment: string;
  /** `unread`: nobody knows what was done. */
  readonly log: LookBackView['log'];
  readonly done: number;
  readonly failed: number;
  readonly portalUrl: string;
  readonly reference: string;
}

/** cards/pim/findings: what an administrator should put right. No buttons but one link a kind: the bot may not change it. */
export interface FindingsView {
  readonly asOf: string;
  /** How far back the bot knows who activated what. */
  readonly knownDays: number;
  readonly unused: readonly {
    readonly person: string;
    readonly target: TargetView;
    readonly since: string;
  }[];
  readonly moreUnused: number;
  readonly standing: readonly {
    readonly person: string;
    readonly target: TargetView;
    readonly since: string;
  }[];
  readonly moreStanding: number;
  readonly weak: readonly {
    readonly target: TargetView;
    readonly noApproval: boolean;
    readonly noReason: boolean;
    /** `8 hours` where that is longer than the tier's; else empty. */
    readonly window: string;
    readonly tierWindow: string;
  }[];
  readonly moreWeak: number;
  /** What could not be read just now, in words of the card: roles, groups. */
  readonly missing: { readonly role: boolean; readonly group: boolean };
  readonly rolesUrl: string;
  readonly groupsUrl: string;
}
