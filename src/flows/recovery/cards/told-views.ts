import type { CaseKind, CaseState } from '../cases.js';
import type { FlagLine } from './attest-views.js';

/** cards/recovery/told: a notice to a manager, to security or to the help desk. Button: recovery.board {}. */
export interface ToldView {
  /** `back`: with a new passkey; `over`: the case ended, and nothing is known of one. */
  readonly why: 'opened' | 'stalls' | 'refused' | 'back' | 'first-day' | 'over';
  readonly state: CaseState;
  readonly kind: CaseKind;
  readonly person: string;
  /** `You` where it was the reader; empty: they opened it themselves. */
  readonly openedBy: string;
  readonly openedAt: string;
  readonly said: string;
  readonly privileged: boolean;
  /** ISO; since when nothing has happened. */
  readonly since: string;
  readonly vouched: readonly { readonly by: string; readonly how: string; readonly wrote: string }[];
  readonly issuer: string;
  readonly removed: number;
  /** Only where nobody but security reads it. */
  readonly flags: readonly FlagLine[];
  readonly outcome: string;
  /** The reader may open the board. */
  readonly board: boolean;
  readonly portalUrl: string;
  readonly reference: string;
}
