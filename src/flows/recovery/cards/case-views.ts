import type { Attestation, CaseKind, CaseState } from '../cases.js';

/** Of a way with four steps, how far each is. */
export type StepState = 'done' | 'now' | 'later';

/**
 * cards/recovery/case: for whoever it is about, and whoever opened it; refresh: recovery.show {ref}. Buttons:
 * recovery.sign-out {ref}, recovery.withdraw {ref}, recovery.show {ref} in the reader's own view.
 */
export interface CaseView {
  readonly ref: string;
  /** 29: address of the reader, for the refresh; empty in the reader's own view. */
  readonly mri: string;
  readonly state: CaseState;
  readonly kind: CaseKind;
  /** The reader is whoever it is about. */
  readonly mine: boolean;
  readonly subjectName: string;
  /** Empty: they opened it themselves. */
  readonly openerName: string;
  readonly openedByReader: boolean;
  readonly openedAt: string;
  readonly note: string;
  readonly steps: {
    readonly vouch: StepState;
    readonly pass: StepState;
    readonly signIn: StepState;
    readonly cleanUp: StepState;
  };
  /** The reader has a card to vouch on. */
  readonly asked: boolean;
  /** Names of those who were asked to vouch; empty: not known yet, or nobody is. */
  readonly waitingFor: string;
  readonly vouched: readonly { readonly name: string; readonly how: Attestation['how'] }[];
  /** How many have to vouch. */
  readonly needed: number;
  /** `30 minutes`: then others are asked. Empty: nobody else is. */
  readonly askOthersAfter: string;
  /** Until when the pass is good; empty: there is none, or nobody has seen it. */
  readonly until: string;
  readonly told: boolean;
  /** ISO; empty: nobody has signed them out everywhere. */
  readonly signedOutAt: string;
  readonly signingOut: boolean;
  readonly canSignOut: boolean;
  readonly canWithdraw: boolean;
  /** How it ended, in words; empty: it has not, or there is nothing to add. */
  readonly outcome: string;
  readonly problem: string;
  readonly portalUrl: string;
}
