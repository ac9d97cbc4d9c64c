/** cards/packages/owned-list: what I answer for. Buttons: packages.owned {package}, packages.owned {skip}. */
export interface OwnedListView {
  readonly packages: readonly {
    readonly id: string;
    readonly name: string;
    readonly description: string;
    readonly tier: string;
    /** Entra lets this person see who has it; without that there is no button. */
    readonly readable: boolean;
  }[];
  readonly total: number;
  /** Where the pages before and after begin; -1: there is none. */
  readonly previous: number;
  readonly next: number;
  /** There are more than were looked at. */
  readonly cut: boolean;
  readonly portalUrl: string;
}

/** cards/packages/owned: who has one package. Buttons: packages.owned {package, skip}, packages.reprocess {request}. */
export interface OwnedView {
  readonly packageId: string;
  readonly name: string;
  readonly tier: string;
  readonly asOf: string;
  readonly people: number;
  readonly guests: number;
  readonly endingSoon: number;
  /** How many days count as soon. */
  readonly soonDays: number;
  readonly neverUsed: number;
  readonly longUnused: number;
  readonly unusedDays: number;
  /** Of whom no sign-in could be read. */
  readonly unknown: number;
  readonly holders: readonly HolderView[];
  /** The first and the last that are shown, counted from 1; 0: nobody. */
  readonly first: number;
  readonly last: number;
  readonly held: number;
  readonly previous: number;
  readonly next: number;
  readonly asking: AskingView;
  readonly failed: readonly FailedView[];
  readonly moreFailed: number;
  readonly cut: { readonly holders: boolean; readonly requests: boolean };
  readonly missing: { readonly signIns: boolean; readonly requests: boolean };
  readonly portalUrl: string;
}

export interface HolderView {
  readonly name: string;
  readonly guest: boolean;
  readonly since: string;
  readonly until: string;
  /** To anything; Entra does not tell when a package was used. */
  readonly signIn: 'at' | 'never' | 'unknown';
  readonly signInAt: string;
  readonly endsSoon: boolean;
  /** `never`: no sign-in since they got it; `long`: none for longer than the policy file allows. */
  readonly idle: 'never' | 'long' | '';
}

export interface AskingView {
  readonly total: number;
  readonly oldestAt: string;
  readonly granted: number;
  readonly denied: number;
  readonly expired: number;
  readonly cancelled: number;
  readonly failed: number;
  readonly waiting: number;
  readonly working: number;
  readonly waitingSinceAt: string;
  /** In words, such as `5 hours`; empty: nothing was decided. */
  readonly median: string;
  readonly longest: string;
}

export interface FailedView {
  readonly request: string;
  readonly person: string;
  readonly partly: boolean;
  /** Access that should be gone. */
  readonly removal: boolean;
  readonly at: string;
  /** Entra would still run it again. */
  readonly again: boolean;
}
