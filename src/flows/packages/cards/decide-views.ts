/** cards/packages/decide: the approver's open card. Buttons: packages.approve, packages.deny {ref}, input `comment`. */
export interface DecideView {
  readonly ref: string;
  readonly requester: {
    readonly name: string;
    readonly jobTitle: string;
    readonly department: string;
    readonly guest: boolean;
  };
  readonly name: string;
  readonly description: string;
  readonly tier: string;
  readonly reason: string;
  readonly askedAt: string;
  readonly lasts: string;
  /** Why this person is asked: `manager`, `named` or `group` (its name in whyGroup). */
  readonly why: 'manager' | 'named' | 'group';
  readonly whyGroup: string;
  readonly others: string;
  readonly comment: 'optional' | 'on-deny' | 'always';
  /** False where the policy only notifies: the card shows the way to the portal and no buttons to decide. */
  readonly canDecide: boolean;
  readonly problem: string;
  readonly portalUrl: string;
}

/** cards/packages/decided: what became of it, for an approver. No buttons but the way out. */
export interface DecidedView {
  readonly state: 'working' | 'not-done' | 'approved' | 'denied' | 'expired' | 'cancelled' | 'closed';
  readonly name: string;
  readonly requester: string;
  readonly reason: string;
  readonly decidedBy: string;
  readonly byYou: boolean;
  readonly decidedAt: string;
  readonly comment: string;
  readonly portalUrl: string;
  readonly reference: string;
}
