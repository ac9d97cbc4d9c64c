/** The policy file as data. Rules get it handed in and never read a file, a clock or the network. */

export type Capability = 'off' | 'notify' | 'act';
export type TierName = 'standard' | 'sensitive' | 'privileged';

export interface ReasonRule {
  /** Least number of characters, spaces trimmed. */
  readonly atLeast: number;
  /** Words that say nothing ("test", "asap"): a reason made of nothing else is sent back. */
  readonly refused: readonly string[];
}

export interface ReviewRule {
  /** Who must say why: only those who decide against Entra's recommendation, also those who keep, or everybody. */
  readonly reason: 'against' | 'keep' | 'always';
  /** May several people be kept with one press? Never of sensitive or privileged access. */
  readonly bulkKeep: boolean;
  /** How often a group of this tier deserves a review. */
  readonly every: 'monthly' | 'quarterly' | 'half-yearly' | 'yearly' | 'per-project';
}

/** Activating a role just in time. Entra's own rules for the role always count as well. */
export interface ActivationRule {
  /** The longest window, in milliseconds, where Entra would allow a longer one. */
  readonly longest: number;
  /** `entra`: only where the role's own rules ask for one. */
  readonly ticket: 'entra' | 'always';
  /** Is its owner asked afterwards whether what was done was expected? Emergency use always is. */
  readonly lookBack: boolean;
  /** Authentication context (`c1` to `c99`) that whoever activates or approves must have met; absent: Entra decides. */
  readonly stepUp?: string;
}

export interface Tier {
  readonly name: TierName;
  readonly reason: ReasonRule;
  readonly approverComment: 'optional' | 'on-deny' | 'always';
  readonly guests: { readonly mayAsk: boolean; readonly mayApprove: boolean };
  readonly review: ReviewRule;
  readonly activation: ActivationRule;
}

export interface Notices {
  /** IANA name, such as Europe/Vienna. */
  readonly timeZone: string;
  /** Local `HH:MM`; absent: no quiet hours. */
  readonly quiet?: { readonly from: string; readonly to: string };
  /** Growing gaps between reminders, in milliseconds; the last one repeats. */
  readonly gaps: readonly number[];
}

export interface Reviews {
  /** What is recorded when a reviewer cannot vouch for somebody: a removal, or that nobody knew. */
  readonly notSure: 'remove' | 'dont-know';
  /** The most decisions one press may make. */
  readonly bulkAtMost: number;
}

/** What counts for every access package. */
export interface Packages {
  /** How long a guest asks for where the package lets people choose, in milliseconds. */
  readonly guestLongest: number;
  /** How long before access ends its holder is told, in milliseconds, the earliest first. */
  readonly notices: readonly number[];
  /** Held, and no sign-in for this long (ms): shown to owners. */
  readonly unusedAfter: number;
  /** By package or catalog: object ids of people who are told when a delivery fails or nobody can approve. */
  readonly owners: Readonly<Record<string, readonly string[]>>;
}

export interface Pim {
  /** Are Azure resources among the roles? */
  readonly azure: boolean;
  readonly tickets: {
    /** What people can choose; none: they write it. */
    readonly systems: readonly string[];
    /** What a number looks like; absent: anything. */
    readonly pattern?: RegExp;
    /** Shown beside the field; empty: nothing. */
    readonly example: string;
  };
  /** Object ids of roles and groups, and role definition ids of Azure, that are for emergencies. */
  readonly emergency: readonly string[];
  /** Who answers for a role or group that has no owner in Entra, or instead of that one: object ids of people. */
  readonly owners: Readonly<Record<string, readonly string[]>>;
  /** People who are told of every emergency use, and who answer for what has no owner. */
  readonly security: readonly string[];
  /** A Teams channel that is told too, such as 19:…@thread.tacv2; absent: none. */
  readonly securityChannel?: string;
  /** Eligible and never activated for this long (ms): a finding. */
  readonly unusedAfter: number;
}

/** What may be wrong with a case, however honest it looks. */
export type RedFlag =
  | 'manager-changed'
  | 'risky-sign-in'
  | 'method-changed'
  | 'repeated'
  | 'new-location'
  | 'opened-by-other';

/** Getting people back on their feet who cannot sign in. Times are in milliseconds. */
export interface Recovery {
  /** How many people vouch for somebody, besides whoever makes the pass. */
  readonly attestations: { readonly members: number; readonly privileged: number };
  /** By person or group: object ids of people who may vouch too, besides the manager. */
  readonly attesters: Readonly<Record<string, readonly string[]>>;
  /** A manager who became it this lately does not vouch. */
  readonly managerChangedWithin: number;
  /** How long after a pass somebody gets no other one. */
  readonly coolDown: number;
  /** Cases one person opens, and passes one person gets, in a day. */
  readonly triesADay: number;
  readonly pass: { readonly longest: number; readonly once: 'always' | 'privileged' | 'never' };
  /** Which signs stop the pass; the others are shown to whoever would make it. */
  readonly block: readonly RedFlag[];
  readonly flagsLookBack: number;
  /** How long a case may stand still before it is told, the first time and the next ones. */
  readonly escalateAfter: readonly number[];
  /** Object ids of groups or people who are asked to make passes; Entra decides whether they may. */
  readonly helpDesk: readonly string[];
  /** People who are told of stolen devices, of cases of privileged people and of incidents, and who may vouch for the former. */
  readonly security: readonly string[];
  /** How long before the first day somebody new may get a case. */
  readonly hireWindow: number;
}

export interface Policy {
  readonly tiers: Readonly<Record<TierName, Tier>>;
  readonly defaultTier: TierName;
  /** Object ids (lower case) of groups, roles, packages, catalogs and applications that are not of the default tier. */
  readonly assigned: {
    readonly groups: Readonly<Record<string, TierName>>;
    readonly roles: Readonly<Record<string, TierName>>;
    readonly packages: Readonly<Record<string, TierName>>;
    readonly catalogs: Readonly<Record<string, TierName>>;
    /** Of service principals, not of app registrations. */
    readonly applications: Readonly<Record<string, TierName>>;
    /** Azure roles, by the GUID their definition ends with. */
    readonly azureRoles: Readonly<Record<string, TierName>>;
  };
  readonly flows: {
    readonly packages: Capability;
    readonly reviews: Capability;
    readonly pim: Capability;
    readonly recovery: Capability;
  };
  readonly packages: Packages;
  readonly reviews: Reviews;
  readonly pim: Pim;
  readonly recovery: Recovery;
  readonly notices: Notices;
}
