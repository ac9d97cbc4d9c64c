export type RequestState =
  | 'working'
  | 'not-done'
  | 'submitted'
  | 'waiting'
  | 'approved'
  | 'scheduled'
  | 'delivering'
  | 'delivered'
  /** Delivered, and its end is near. */
  | 'ending'
  /** Delivered once, and held no more. */
  | 'ended'
  | 'partly'
  | 'denied'
  | 'expired'
  | 'cancelled'
  | 'failed'
  /** Entra does not know it any more. */
  | 'gone';

/** What somebody gets with a package. */
export interface OpensView {
  readonly name: string;
  readonly role: string;
  readonly kind: 'group' | 'application' | 'site' | 'role' | 'other';
  /** Always https; empty: there is no link to it. */
  readonly url: string;
}

/** A way into what a package opens; one button each. */
export interface LinkView {
  readonly name: string;
  /** Always https. */
  readonly url: string;
}

/** What an approver decided in one stage. */
export interface SaidView {
  /** 1 for the first stage; 0 where that is not known. */
  readonly stage: number;
  readonly approved: boolean;
  readonly byName: string;
  readonly at: string;
  readonly comment: string;
}

/**
 * cards/packages/status: the requester's living card; refresh: packages.show {ref}. Buttons: packages.cancel {ref},
 * packages.show {ref} ("look again"), packages.extend {assignment}, packages.give-back {assignment},
 * packages.open {again: ref}, or {package} where the card has no reference.
 */
export interface StatusView {
  readonly ref: string;
  /** Address of the reader, for the refresh; empty in the reader's own view. */
  readonly mri: string;
  readonly state: RequestState;
  readonly packageId: string;
  readonly name: string;
  /** Name of the person it is for, where that is somebody else. */
  readonly forWhom: string;
  readonly reason: string;
  readonly answers: readonly { readonly question: string; readonly value: string }[];
  readonly askedAt: string;
  /** The open stage, of how many; 0: not known. */
  readonly stage: number;
  readonly stages: number;
  /** Since when that stage is open, or empty. */
  readonly since: string;
  /** Names of those who can decide, or empty. */
  readonly waitingFor: string;
  /** When Entra denies it by itself, or empty. */
  readonly decideBy: string;
  /** When others are asked too, or empty. */
  readonly escalatesAt: string;
  readonly escalated: boolean;
  readonly said: readonly SaidView[];
  /** When it was finished, where no stage tells it. */
  readonly decidedAt: string;
  readonly startsAt: string;
  /** Empty: no end, or not known. */
  readonly endsAt: string;
  readonly opens: readonly OpensView[];
  readonly moreOpens: number;
  readonly links: readonly LinkView[];
  readonly assignment: string;
  /** Names of those who can let Entra try again, or empty. */
  readonly owners: string;
  /** Until when they can. */
  readonly until: string;
  readonly canCancel: boolean;
  readonly canLook: boolean;
  readonly canExtend: boolean;
  readonly canGiveBack: boolean;
  /** What was wrong with the last press, or empty. */
  readonly problem: string;
  readonly portalUrl: string;
  readonly reference: string;
}
