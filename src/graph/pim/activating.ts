import type { ApproverSet } from '../access-policy.js';
import type { GraphAs, GraphReader } from '../graph.js';

export type TargetKind = 'role' | 'group' | 'azure';

/** What a person can be made eligible for. */
export interface Target {
  readonly kind: TargetKind;
  /** Template id of an Entra role, id of a group, or ARM id of an Azure role definition; lower case. */
  readonly id: string;
  /** Directory scope (`/`, `/administrativeUnits/…`), `member` or `owner` of a group, or the ARM scope. */
  readonly scope: string;
}

export interface Eligibility extends Target {
  readonly name: string;
  /** Empty for the whole directory, and for groups. */
  readonly scopeName: string;
  readonly description: string;
  /** Undefined: Entra does not say. */
  readonly since: string | undefined;
  /** Undefined: it does not end. */
  readonly until: string | undefined;
  /** They have it because they are in a group that has it. */
  readonly throughGroup: boolean;
  /** What Azure wants to be told again at the activation. */
  readonly scheduleId: string;
}

/** Somebody has it now. */
export interface Holding extends Target {
  readonly name: string;
  readonly scopeName: string;
  readonly startsAt: string | undefined;
  readonly endsAt: string | undefined;
  /** Activated just in time; otherwise it stands, and nobody has to ask for it. */
  readonly activated: boolean;
  readonly throughGroup: boolean;
  /** Joins it to the request that made it, where Entra tells. */
  readonly scheduleId: string;
  readonly principalId: string;
}

/** One word for the many that the three services have; `other` is one they have learned since. */
export type AskState =
  | 'waiting'
  | 'scheduled'
  | 'provisioning'
  | 'active'
  | 'denied'
  | 'cancelled'
  | 'expired'
  | 'failed'
  | 'revoked'
  | 'other';

export interface Ticket {
  readonly system: string;
  readonly number: string;
}

/** An activation (or its end) as whoever asked or approves sees it. */
export interface Asked {
  /** Of the request, not of what is asked for: that is `target.id`. */
  readonly id: string;
  readonly target: Target;
  readonly name: string;
  readonly scopeName: string;
  readonly principalId: string;
  readonly principalName: string;
  readonly state: AskState;
  /** An activation; every other kind of request is none of this bot's business, except to know it by. */
  readonly action: 'activate' | 'deactivate' | 'other';
  /** Where it is decided; empty while nobody has to. */
  readonly approvalId: string;
  /** The schedule it made: joins it to a Holding. */
  readonly scheduleId: string;
  readonly createdAt: string;
  readonly justification: string;
  readonly ticket: Ticket;
  /** Undefined until it begins, where somebody has to approve it first. */
  readonly startsAt: string | undefined;
  /** Length in minutes; 0: not told. */
  readonly minutes: number;
}

/** The rules of one target for activating it. */
export interface ActivationRules {
  /** The longest window, in minutes. */
  readonly longest: number;
  readonly reason: boolean;
  readonly ticket: boolean;
  readonly mfa: boolean;
  /** Authentication context, such as `c1`; empty: none. */
  readonly context: string;
  readonly approval:
    | { readonly required: false }
    | {
        readonly required: true;
        /** Empty: Entra asks those who administer privileged roles. */
        readonly approvers: readonly ApproverSet[];
        readonly approverReason: boolean;
        readonly days: number;
      };
}

export interface Wish extends Target {
  readonly principalId: string;
  readonly reason: string;
  readonly ticket: Ticket | undefined;
  readonly minutes: number;
  /** ISO; absent: now. */
  readonly startsAt: string | undefined;
  /** Of the eligibility; Azure wants it, the others ignore it. */
  readonly scheduleId: string;
  /** A new GUID. Azure takes it as the id of the request, so that a repeated one is the same; the others make their own. */
  readonly requestId: string;
}

export interface Step {
  readonly id: string;
  readonly status: string;
  readonly result: 'NotReviewed' | 'Approved' | 'Denied' | string;
  readonly assignedToMe: boolean;
  readonly justification: string;
  readonly reviewedBy: { readonly id: string; readonly name: string } | undefined;
  readonly reviewedAt: string | undefined;
}

/** Privileged Identity Management in one of its three forms. What takes a GraphAs needs the person's own token. */
export interface Activating {
  eligible(graph: GraphAs): Promise<readonly Eligibility[]>;
  /** What the person of this token has now, activated or standing. */
  held(graph: GraphAs): Promise<readonly Holding[]>;
  /** Their own requests, newest first, back as far as Entra keeps them. */
  mine(graph: GraphAs): Promise<readonly Asked[]>;
  /** What waits for this person's approval. */
  waiting(graph: GraphAs): Promise<readonly Asked[]>;
  /** Roles and groups: the bot may read it. Azure: only with the token of somebody who may see the scope. */
  rules(reader: GraphReader, target: Target): Promise<ActivationRules>;
  /** Runs Entra's own checks without asking for anything; throws what the real request would throw. */
  validate(graph: GraphAs, wish: Wish): Promise<void>;
  /** Undefined: it was made, but its answer was lost; `landed` said so. */
  submit(graph: GraphAs, wish: Wish, landed: () => Promise<boolean>): Promise<Asked | undefined>;
  deactivate(graph: GraphAs, wish: Wish, landed: () => Promise<boolean>): Promise<void>;
  /** Azure needs the scope of the target, the others only the id of the request. */
  cancel(graph: GraphAs, asked: Pick<Asked, 'id' | 'target'>, landed: () => Promise<boolean>): Promise<void>;
  steps(graph: GraphAs, approvalId: string): Promise<readonly Step[]>;
  /** Fails with `graph.conflict` when somebody else was faster, with `graph.forbidden` for whoever is no approver. */
  decide(graph: GraphAs, decision: StepDecision): Promise<void>;
  /**
   * What one person holds of one target, of a role at whatever place, for the bot's own eyes: undefined in Azure, where
   * the bot may not look.
   * An activation that has not begun yet is among them, with a start in the future.
   */
  seen(
    reader: GraphReader,
    whose: Target & { readonly principalId: string },
  ): Promise<readonly Holding[] | undefined>;
}

export interface StepDecision {
  readonly approvalId: string;
  readonly stepId: string;
  /** Written like this; read back as Approved and Denied. */
  readonly result: 'Approve' | 'Deny';
  readonly justification: string;
  readonly landed: () => Promise<boolean>;
}
