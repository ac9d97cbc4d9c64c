/** What the pim cards need, one type a template in cards/pim/. Sentences live in the templates. */

/** A role, a group or an Azure role, as every card names it. */
export interface TargetView {
  readonly kind: 'role' | 'group' | 'azure';
  readonly name: string;
  /** Empty: the whole directory. */
  readonly scopeName: string;
  /** `owner` of a group; empty for everything else. */
  readonly access: 'owner' | '';
  /** What it lets somebody do, in plain words; empty: nobody wrote any. */
  readonly does: string;
  readonly tier: 'standard' | 'sensitive' | 'privileged';
  readonly emergency: boolean;
}

/** How a button names a role: it is looked up again among the reader's own when it is pressed. */
export interface TargetData {
  readonly kind: string;
  readonly id: string;
  readonly scope: string;
}

/**
 * cards/pim/roles: what I have, what I could have. Input `query` with pim.roles {}; a row of `eligible`: pim.form {role},
 * pim.favourite {role, on, query}; a row of `active` and `waiting`: pim.show {activation} where it is not empty.
 */
export interface RolesView {
  readonly query: string;
  readonly active: readonly {
    readonly target: TargetView;
    /** Id of the activation; empty: it was not activated. */
    readonly activation: string;
    /** Empty: it stands, and does not end by itself. */
    readonly endsAt: string;
    /** `1 hour 20 minutes`, or empty. */
    readonly left: string;
  }[];
  readonly waiting: readonly {
    readonly target: TargetView;
    readonly activation: string;
    readonly state: 'asked' | 'scheduled';
    readonly startsAt: string;
  }[];
  readonly eligible: readonly {
    readonly target: TargetView;
    readonly role: TargetData;
    readonly favourite: boolean;
    readonly throughGroup: boolean;
    /** Empty: it does not end. */
    readonly until: string;
    /** Within 14 days: then the portal lets people ask for more time. */
    readonly endsSoon: boolean;
  }[];
  /** An emergency role among them, to be activated from the list: pim.ask {role}, input `reason`. */
  readonly atOnce: readonly { readonly target: TargetView; readonly role: TargetData }[];
  /** Of those active or waiting, how many did not fit. */
  readonly moreMine: number;
  /** Eligible roles that did not fit on the card: the search finds them. */
  readonly more: number;
  /** What could not be read just now: empty, `trouble`, or `consent` (nobody has allowed it yet). */
  readonly missing: {
    readonly role: 'trouble' | '';
    readonly group: 'trouble' | '';
    readonly azure: 'trouble' | 'consent' | '';
  };
  readonly canAct: boolean;
  readonly portalUrl: string;
}

/**
 * cards/pim/form: shaped by the role's own rules. Button pim.ask {ref} with the inputs `minutes`, `reason`,
 * `ticketSystem`, `ticketNumber`, `startDate`, `startTime`.
 */
export interface FormView {
  readonly ref: string;
  readonly target: TargetView;
  /** Choices for `minutes`; the last one is the longest. */
  readonly windows: readonly { readonly title: string; readonly value: string }[];
  readonly minutes: string;
  /** `8 hours`: what Entra would allow, where our policy allows less; else empty. */
  readonly entraAllows: string;
  readonly longest: string;
  readonly reasonRequired: boolean;
  readonly reasonAtLeast: number;
  readonly reason: string;
  readonly ticketRequired: boolean;
  /** Choices for `ticketSystem`; none: a text field. */
  readonly ticketSystems: readonly { readonly title: string; readonly value: string }[];
  readonly ticketSystem: string;
  readonly ticketNumber: string;
  /** `INC-4711`, or empty. */
  readonly ticketExample: string;
  /** `context`: a stronger sign-in will be asked for; `mfa`: a second factor; empty: nothing more. */
  readonly stepUp: 'context' | 'mfa' | '';
  readonly approval: boolean;
  /** Names, or empty. */
  readonly approvers: string;
  readonly startDate: string;
  readonly startTime: string;
  /** IANA name: the zone of startDate and startTime. */
  readonly timeZone: string;
  /** Empty: not active. Otherwise until when; asking again then ends it first. */
  readonly activeUntil: string;
  /** What was wrong with the last try, each at its field; empty: nothing. */
  readonly problems: {
    readonly form: string;
    readonly minutes: string;
    readonly reason: string;
    readonly ticket: string;
    readonly start: string;
  };
  readonly portalUrl: string;
}

export type StatusState =
  | 'working'
  | 'asked'
  | 'scheduled'
  /** Accepted and due: Entra is at it. */
  | 'starting'
  | 'active'
  | 'ready'
  | 'ending'
  | 'ended'
  | 'denied'
  | 'cancelled'
  | 'expired'
  | 'failed';

/** What was asked for, as it was asked. */
export interface AskedView {
  readonly reason: string;
  /** `ServiceNow INC-4711`, or empty. */
  readonly ticket: string;
  /** `2 hours`, or empty where nobody told. */
  readonly lasts: string;
  readonly askedAt: string;
}

/**
 * cards/pim/status: the asker's living card; refresh: pim.show {ref}. Buttons: pim.cancel {ref}, pim.end {ref},
 * pim.form {again: ref}, pim.show {ref} ("look again", where it is not ready).
 */
export interface StatusView {
  readonly ref: string;
  /** 29: address of the reader, for the refresh; empty in the reader's own view. */
  readonly mri: string;
  readonly state: StatusState;
  readonly target: TargetView;
  readonly asked: AskedView;
  /** Names of those who can decide, or empty. */
  readonly waitingFor: string;
  /** Until when, or empty. */
  readonly decideBy: string;
  readonly decidedBy: string;
  readonly decidedAt: string;
  readonly comment: string;
  readonly startsAt: string;
  readonly endsAt: string;
  /** `12 minutes`, or empty. */
  readonly left: string;
  /** Active for a while, and still not seen to work: advice on stale tokens. */
  readonly slow: boolean;
  /** Entra refuses an end in the first five minutes: from when on; empty: now. */
  readonly endFrom: string;
  readonly endedBy: 'time' | 'self' | 'other' | '';
  readonly canCancel: boolean;
  readonly canEnd: boolean;
  readonly canAgain: boolean;
  readonly problem: string;
  readonly portalUrl: string;
  readonly reference: string;
}

export interface RequesterView {
  readonly name: string;
  readonly jobTitle: string;
  readonly department: string;
  readonly guest: boolean;
  /** Of a guest; empty: none on record. */
  readonly sponsors: string;
}
