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

export interface Tier {
  readonly name: TierName;
  readonly reason: ReasonRule;
  readonly approverComment: 'optional' | 'on-deny' | 'always';
  readonly guests: { readonly mayAsk: boolean; readonly mayApprove: boolean };
  readonly review: ReviewRule;
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
  };
  readonly flows: { readonly packages: Capability; readonly reviews: Capability };
  readonly reviews: Reviews;
  readonly notices: Notices;
}
