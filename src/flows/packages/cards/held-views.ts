import type { LinkView, OpensView } from './status-views.js';

/** One package in somebody's hands. */
export interface HeldRowView {
  readonly assignment: string;
  readonly packageId: string;
  readonly name: string;
  readonly tier: string;
  readonly setUp: 'ready' | 'working' | 'partly' | 'failed';
  readonly startsAt: string;
  /** Empty: no end. */
  readonly endsAt: string;
  /** `3 days`, where the end is near; or empty. */
  readonly left: string;
  /** Names of what it opens, or empty. */
  readonly opensNames: string;
  /** An extension has been asked for and is not decided. */
  readonly asked: boolean;
  readonly canExtend: boolean;
  readonly canGiveBack: boolean;
}

/**
 * cards/packages/mine: what this person holds, what ends first at the top. Buttons: packages.show {assignment},
 * packages.extend {assignment}, packages.give-back {assignment}, packages.mine {skip}, packages.open {query: ''}.
 */
export interface MineView {
  readonly packages: readonly HeldRowView[];
  readonly total: number;
  /** Where the next page begins; 0: there is none. */
  readonly nextSkip: number;
  readonly portalUrl: string;
}

export type HeldState = 'holds' | 'ending' | 'ended' | 'extended' | 'gone';

/**
 * cards/packages/held: one package somebody holds; told before its end and after it. Buttons: packages.extend,
 * packages.give-back {assignment}; packages.open {package} when it ended.
 */
export interface HeldView extends HeldRowView {
  readonly state: HeldState;
  readonly opens: readonly OpensView[];
  readonly moreOpens: number;
  readonly links: readonly LinkView[];
  readonly portalUrl: string;
}

/**
 * cards/packages/given-back. Buttons: packages.give-back {assignment, sure: true}, or {assignment} where it did not work;
 * packages.mine {} ("keep it"), packages.open {package} once it is gone.
 */
export interface GivenBackView {
  /** `failed`: Entra was to take it away, and did not. */
  readonly state: 'sure' | 'working' | 'removing' | 'done' | 'failed';
  readonly assignment: string;
  readonly packageId: string;
  readonly name: string;
  readonly endsAt: string;
  readonly opens: readonly OpensView[];
  readonly moreOpens: number;
  /** Why the last press did not work, or empty. */
  readonly problem: string;
  readonly portalUrl: string;
  readonly reference: string;
}
