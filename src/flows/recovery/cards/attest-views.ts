import type { Attestation, CaseKind } from '../cases.js';

/** A sign that something may be wrong, in one line. */
export interface FlagLine {
  readonly text: string;
  /** ISO. */
  readonly at: string;
}

/**
 * cards/recovery/attest: for whoever is asked whether it is really them; refresh: recovery.show {ref}. Buttons while
 * `ask`: recovery.attest {ref}, inputs `how` and `note`; recovery.refuse {ref}, input `note`.
 */
export interface AttestView {
  readonly ref: string;
  readonly mri: string;
  /**
   * attested: the reader has vouched; enough: others have; the last five are how the case ended.
   */
  readonly state: 'ask' | 'working' | 'attested' | 'enough' | 'closed' | 'refused' | 'withdrawn';
  readonly kind: CaseKind;
  readonly person: string;
  readonly jobTitle: string;
  readonly department: string;
  /** `You` where it was the reader; empty: they opened it themselves. */
  readonly openedBy: string;
  readonly openedAt: string;
  /** What the opener wrote. */
  readonly said: string;
  readonly privileged: boolean;
  /** How many have vouched, and how many it takes. */
  readonly have: number;
  readonly needed: number;
  /** Names of those who have. */
  readonly vouched: string;
  /** How many signs there are that something may be wrong, in one line. */
  readonly flags: readonly FlagLine[];
  /** What could not be looked for, as the end of a sentence. */
  readonly unread: string;
  readonly canAct: boolean;
  /** What the reader chose and wrote: in a form that came back, or recorded. */
  readonly how: Attestation['how'] | '';
  readonly note: string;
  readonly at: string;
  /** It ended with a new passkey. */
  readonly back: boolean;
  readonly outcome: string;
  readonly problem: string;
  readonly portalUrl: string;
  readonly reference: string;
}
