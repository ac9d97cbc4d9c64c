/**
 * Part of cards/recovery/issue: what was taken away, and what is still to be done. Buttons: recovery.revoke {ref} while
 * `canRevoke`, recovery.remove {ref} while `canRemove`.
 */
export interface CleanUpPart {
  /** It is time for any of it. */
  readonly shown: boolean;
  /** Nobody has vouched yet, and still signing them out comes first. */
  readonly first: boolean;
  /** Somebody else may hold what still signs in. */
  readonly wrongHands: boolean;
  /** ISO; empty: nobody has signed them out everywhere. */
  readonly signedOutAt: string;
  /** Who did; empty: they themselves. */
  readonly signedOutBy: string;
  readonly signingOut: boolean;
  readonly removed: readonly RemovedLine[];
  /** How many of them have no line. */
  readonly moreRemoved: number;
  /** Names of those that Entra did not remove, and of those that are on their way. */
  readonly failed: string;
  readonly underWay: string;
  /** The case has ended: nothing is still to be done. */
  readonly over: boolean;
  /** What was lost is gone, or nothing was. */
  readonly handled: boolean;
  /** A new passkey was seen. */
  readonly passkeySeen: boolean;
  /** They need one that cannot leave its device. */
  readonly deviceBound: boolean;
  readonly canRevoke: boolean;
  readonly canRemove: boolean;
}

export interface RemovedLine {
  readonly name: string;
  readonly at: string;
  readonly by: string;
}

/**
 * cards/recovery/clean-up: in the message of an issuing card, for one press; it has no refresh. Buttons of `pick`:
 * recovery.remove {ref, step: remove}, input `methods`, and {ref, step: none}; always recovery.show {ref}.
 */
export interface CleanUpView {
  readonly ref: string;
  /** `removing` and `revoking`: on its way; `revoked`: they were signed out; `removed`: what came of a press. */
  readonly state: 'pick' | 'removing' | 'removed' | 'revoking' | 'revoked';
  readonly person: string;
  /** To be picked from. */
  readonly methods: readonly PickLine[];
  /** There, and nothing that Entra removes. */
  readonly fixed: string;
  readonly results: readonly ResultLine[];
  readonly at: string;
  readonly problem: string;
  readonly reference: string;
  readonly portalUrl: string;
}

export interface PickLine {
  /** Id of the method. */
  readonly value: string;
  /** With when it was added, and whether that was after the case was opened. */
  readonly name: string;
}

export interface ResultLine {
  readonly name: string;
  readonly result: 'removed' | 'under-way' | 'failed';
  /** Of one that failed. */
  readonly why: string;
}
