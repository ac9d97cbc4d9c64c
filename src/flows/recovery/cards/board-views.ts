import type { CaseKind, CaseState } from '../cases.js';

/** cards/recovery/board: open cases, for those who may make passes. A row: recovery.case {case}; recovery.board {skip}. */
export interface BoardView {
  readonly cases: readonly BoardRow[];
  /** Of all that are open. */
  readonly all: number;
  readonly red: number;
  /** Where the rows before and after these begin; -1: there are none. */
  readonly before: number;
  readonly after: number;
  readonly portalUrl: string;
}

export interface BoardRow {
  readonly case: string;
  readonly person: string;
  readonly kind: CaseKind;
  /** Words for kind and state. */
  readonly what: string;
  readonly step: string;
  readonly state: Exclude<CaseState, 'closed' | 'refused' | 'withdrawn'>;
  /** Names; empty: of nobody in particular, or they are not known. */
  readonly waitsFor: string;
  /** `3 hours`. */
  readonly age: string;
  /** `40 minutes`: since the last step. */
  readonly still: string;
  readonly privileged: boolean;
  readonly flags: number;
  /** Wants eyes first. */
  readonly red: boolean;
  /** Their own case cannot be opened here. */
  readonly own: boolean;
}
