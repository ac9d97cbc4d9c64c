import type { Attestation, CaseKind, CaseState } from '../cases.js';
import type { CleanUpPart } from './clean-up-views.js';

/**
 * cards/recovery/issue: for those who can make the pass; refresh: recovery.show {ref}. Buttons: while `canIssue`
 * recovery.issue {ref, replace}; while `canClose` recovery.close {ref}, input `note`;
 * of the part `cleanUp` recovery.revoke {ref} and recovery.remove {ref}.
 */
export interface IssueView {
  readonly ref: string;
  /** 29: address of the reader, for the refresh; empty in the reader's own view. */
  readonly mri: string;
  readonly state: CaseState;
  readonly kind: CaseKind;
  readonly person: string;
  /** `You` where it was the reader; empty: they opened it themselves. */
  readonly openedBy: string;
  readonly openedAt: string;
  /** What the opener wrote. */
  readonly said: string;
  /** Whoever it is about knows of the case, or opened it. */
  readonly told: boolean;
  readonly privileged: boolean;
  readonly have: number;
  readonly needed: number;
  readonly vouched: readonly {
    readonly name: string;
    readonly how: Attestation['how'];
    readonly note: string;
    readonly at: string;
  }[];
  readonly flags: readonly {
    readonly text: string;
    readonly at: string;
    /** The policy makes no pass while it stands. */
    readonly stops: boolean;
  }[];
  /** What could not be looked for, as the end of a sentence; empty: nothing. */
  readonly unread: string;
  /** Nobody has looked for signs yet. */
  readonly looking: boolean;
  /**
   * Of the last pass; unseen: nobody has seen its code; there: it was not made in this case; used: for the one sign-in
   * it opened; ended: with the case.
   */
  readonly pass: 'none' | 'shown' | 'over' | 'unseen' | 'there' | 'used' | 'ended';
  readonly byYou: boolean;
  readonly madeAt: string;
  readonly until: string;
  readonly once: boolean;
  /** Id of the pass that a new one replaces; empty: none. */
  readonly replace: string;
  readonly canIssue: boolean;
  /** Why this reader cannot make the pass, whatever their role. */
  readonly blocked: '' | 'self' | 'attester';
  readonly canClose: boolean;
  /** What they do not have any more, taken off their account. */
  readonly cleanUp: CleanUpPart;
  readonly outcome: string;
  readonly problem: string;
  readonly portalUrl: string;
}
