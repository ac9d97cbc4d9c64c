import type { AskedView, RequesterView, RolesView, TargetView } from './views.js';

/** What the cards of those who decide need; the rest of views.ts. */

/**
 * cards/pim/decide: the approver's open card; refresh: pim.show {ref}. Buttons: pim.approve {ref}, pim.deny {ref},
 * input `comment`.
 */
export interface DecideView {
  readonly ref: string;
  readonly mri: string;
  readonly requester: RequesterView;
  readonly target: TargetView;
  readonly asked: AskedView;
  /** Empty: at once, when it is approved. */
  readonly startsAt: string;
  readonly decideBy: string;
  /** Activations of this role by this person in the days the bot knows of, this one not counted. */
  readonly lately: number;
  readonly latelyDays: number;
  readonly first: boolean;
  readonly others: string;
  readonly comment: 'optional' | 'on-deny' | 'always';
  readonly canDecide: boolean;
  /** Why this reader may not decide it here, or empty. */
  readonly blocked: 'guest' | 'not-waiting' | '';
  /** False: sent before its reader looked, and Entra shows reason, ticket and window only to them. */
  readonly complete: boolean;
  readonly problem: string;
  readonly portalUrl: string;
}

/** cards/pim/decided: what became of it, for an approver. No buttons but the way out. */
export interface DecidedView {
  readonly state: 'working' | 'approved' | 'denied' | 'cancelled' | 'expired' | 'closed';
  readonly target: TargetView;
  readonly requester: string;
  readonly asked: AskedView;
  readonly decidedBy: string;
  readonly byYou: boolean;
  readonly decidedAt: string;
  readonly comment: string;
  readonly portalUrl: string;
  readonly reference: string;
}

/** cards/pim/approvals: what waits for me. A row: pim.approval {kind, id}. */
export interface ApprovalsView {
  readonly requests: readonly {
    readonly kind: string;
    readonly id: string;
    readonly requester: string;
    readonly target: TargetView;
    readonly askedAt: string;
    readonly lasts: string;
  }[];
  readonly more: number;
  readonly missing: RolesView['missing'];
  readonly portalUrl: string;
}
