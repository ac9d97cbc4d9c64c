/**
 * cards/recovery/incident: “that was not me”, for whoever looks after security. Buttons: recovery.case {case}, where
 * they are signed out and what was added is removed; recovery.drop-passes {ref}; recovery.handled {ref, note}.
 */
export interface IncidentView {
  readonly ref: string;
  /** `deleting` and `handling`: on its way. */
  readonly state: 'open' | 'deleting' | 'deleted' | 'handling' | 'handled' | 'closed';
  readonly case: string;
  readonly person: string;
  readonly privileged: boolean;
  readonly changes: readonly IncidentChange[];
  /** Not shown here. */
  readonly moreChanges: number;
  /** Empty: they have not been signed out since. */
  readonly signedOutAt: string;
  /** Empty: they did it themselves. */
  readonly signedOutBy: string;
  readonly signingOut: boolean;
  /** Names of ways to sign in. */
  readonly removed: string;
  readonly passesDeletedAt: string;
  readonly canAct: boolean;
  readonly outcome: string;
  readonly problem: string;
  readonly portalUrl: string;
  readonly reference: string;
}

export interface IncidentChange {
  readonly text: string;
  /** Empty: Entra does not say. */
  readonly by: string;
  readonly own: boolean;
  readonly where: string;
  readonly at: string;
}
