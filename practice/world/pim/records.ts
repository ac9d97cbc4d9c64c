/** What Privileged Identity Management keeps. One set of records for all three kinds; Graph and ARM only word them differently. */

export type PimKind = 'role' | 'group' | 'azure';

/** What somebody can be made eligible for. */
export interface TargetRef {
  readonly kind: PimKind;
  /** Template id of an Entra role, id of a group, or the GUID of an Azure role definition. */
  readonly id: string;
  /** Directory scope (`/`, `/administrativeUnits/…`), `member` or `owner` of a group, or the ARM scope. */
  readonly scope: string;
}

export type EnabledRule = 'Justification' | 'Ticketing' | 'MultiFactorAuthentication';

export interface Approver {
  readonly kind: 'user' | 'group';
  readonly id: string;
}

/** What its policy asks of somebody who activates it. */
export interface TargetRules {
  /** ISO duration. */
  readonly longest: string;
  readonly enabled: readonly EnabledRule[];
  /** Authentication context; empty: none. */
  readonly context: string;
  /** Undefined: nobody approves. An empty list: those who administer privileged roles do. */
  readonly approvers: readonly Approver[] | undefined;
  readonly approverReason: boolean;
}

export interface Target extends TargetRef {
  /** How tests and the remote control name it; empty for one that this world did not plan. */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  /** Empty for the whole directory, and for groups. */
  readonly scopeName: string;
  /** The last part of the policy's id. */
  readonly policyId: string;
  readonly rules: TargetRules;
}

/** A schedule that makes a person, or everybody in a group, eligible. Its id is the schedule's. */
export interface EligibleRecord {
  readonly id: string;
  readonly target: TargetRef;
  readonly principalKind: 'user' | 'group';
  readonly principalId: string;
  readonly startsAt: string;
  /** Undefined: it does not end. */
  readonly endsAt?: string | undefined;
}

/** As the request says it in Graph. */
export type RequestStatus =
  | 'PendingApproval'
  | 'Granted'
  | 'PendingProvisioning'
  | 'Provisioned'
  | 'Denied'
  | 'Canceled'
  /** Nobody decided in time: `Failed` in Graph, `TimedOut` in ARM. */
  | 'TimedOut'
  | 'Revoked';

export interface StepRecord {
  /** Another one than the approval's, which is the request's. */
  readonly id: string;
  readonly status: 'InProgress' | 'Completed' | 'Expired';
  readonly result: 'NotReviewed' | 'Approved' | 'Denied';
  readonly openedAt: string;
  readonly expiresAt: string;
  readonly justification: string;
  readonly reviewedById?: string | undefined;
  readonly reviewedAt?: string | undefined;
}

export interface PimRequest {
  readonly id: string;
  readonly target: TargetRef;
  readonly action: 'selfActivate' | 'selfDeactivate';
  readonly principalId: string;
  readonly status: RequestStatus;
  readonly createdAt: string;
  readonly completedAt?: string | undefined;
  readonly justification: string;
  readonly ticketSystem: string;
  readonly ticketNumber: string;
  /** When it begins or began; undefined until it is approved. */
  readonly startsAt?: string | undefined;
  /** The start that was asked for; undefined: at once. */
  readonly wishedStart?: string | undefined;
  readonly durationMs: number;
  /** The schedule that it makes, or ends. */
  readonly scheduleId: string;
  /** The eligibility that was used. */
  readonly eligibilityId: string;
  readonly step?: StepRecord | undefined;
  /** When the service moves this request on by itself. */
  readonly dueAt?: string | undefined;
  readonly ip: string;
}

/** What an activation made: a schedule, and an instance of it once it has begun. */
export interface ActivationRecord {
  readonly target: TargetRef;
  readonly scheduleId: string;
  readonly instanceId: string;
  readonly requestId: string;
  readonly eligibilityId: string;
  readonly principalId: string;
  readonly startsAt: string;
  readonly endsAt: string;
  /** Reads show it from then on. */
  readonly visibleAt: string;
  /** It works from then on. */
  readonly worksAt: string;
}

export interface PimSettings {
  readonly readLagMs: number;
  readonly readyLagMs: number;
  /** After an approval. */
  readonly provisionLagMs: number;
  /** Where nobody has to approve: 0 answers `Provisioned` at once, more answers `PendingProvisioning`. */
  readonly submitLagMs: number;
  /** Undefined: as seen in the field, where only the demand for a stronger sign-in comes wrapped. */
  readonly wrapErrors?: boolean | undefined;
  /** People whose sign-in had no second factor. */
  readonly withoutMfa: readonly string[];
}

export interface PimState {
  readonly settings: PimSettings;
  /** By the key of the target, where they were changed. */
  readonly rules: Readonly<Record<string, TargetRules>>;
  readonly eligible: readonly EligibleRecord[];
  /** Oldest first. */
  readonly requests: readonly PimRequest[];
  /** Running ones and those that are yet to begin. */
  readonly activations: readonly ActivationRecord[];
}
