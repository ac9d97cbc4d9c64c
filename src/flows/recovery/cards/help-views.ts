import type { Happening } from '../words.js';

/** What the first two cards need, in cards/recovery/. Sentences live in the templates. */

/**
 * cards/recovery/help: one question at a time. `what`: recovery.help {what}; `whose`: recovery.open {what} with the input
 * `note`, or recovery.find {what, name}. The others ask nothing.
 */
export interface HelpView {
  /** `guest`: they sign in with an account of another organisation. `portal`: nothing is opened in chat here. */
  readonly step: 'what' | 'whose' | 'guest' | 'portal';
  /** Empty: not known yet. */
  readonly what: Happening | '';
  readonly portalUrl: string;
}

/** cards/recovery/find: recovery.find {what} with the input `name`; of each person recovery.open {what, person}, input `note`. */
export interface FindView {
  readonly what: Happening;
  /** As it was searched for; empty: nothing yet. */
  readonly name: string;
  /** What of somebody's note is filled in already. */
  readonly note: string;
  readonly searched: boolean;
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    /** Job and department, or empty. */
    readonly about: string;
    /** Tells two of the same name apart. */
    readonly address: string;
  }[];
  readonly portalUrl: string;
}
