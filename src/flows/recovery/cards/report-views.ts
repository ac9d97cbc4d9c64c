/** cards/recovery/report: who signs in with what. Nothing on it decides anything. */
export interface ReportView {
  /** False: it has not been read to its end for the first time. */
  readonly ready: boolean;
  readonly asOf: string;
  readonly people: number;
  readonly guests: number;
  readonly total: BarLine;
  readonly personas: readonly BarLine[];
  readonly departments: readonly BarLine[];
  readonly moreDepartments: number;
  readonly models: readonly ModelLine[];
  readonly moreModels: number;
  /** People with a passkey of whom the make is not known yet. */
  readonly unread: number;
  readonly adminsWithout: Names;
  readonly oneKey: Names;
  readonly advisory: Names;
  readonly passwordOnly: Names;
  readonly phone: number;
  readonly phoneFirst: number;
  readonly days: number;
  readonly cases: number;
  readonly passes: number;
  readonly used: number;
  readonly again: Names;
  /** Name of the file that is offered below; empty: none is. */
  readonly offered: string;
  readonly portalUrl: string;
}

export interface BarLine {
  readonly name: string;
  /** Ten squares, so that it is seen without a picture. */
  readonly bar: string;
  /** `62 % (31 of 50)`: the same for whoever does not see it. */
  readonly says: string;
}

export interface ModelLine extends BarLine {
  readonly advisory: boolean;
}

export interface Names {
  readonly count: number;
  /** The first of them; empty: there are none. */
  readonly names: string;
}
