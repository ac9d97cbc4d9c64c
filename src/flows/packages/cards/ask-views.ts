/** cards/packages/choose: what may I ask for. Button: packages.open {package}. */
export interface ChooseView {
  readonly query: string;
  readonly packages: readonly {
    readonly id: string;
    readonly name: string;
    readonly description: string;
    readonly tier: string;
    readonly openRequest: boolean;
  }[];
  readonly more: number;
  readonly portalUrl: string;
}

/** cards/packages/ask: the form. Button: packages.ask {ref}, input `reason`. */
export interface AskView {
  readonly ref: string;
  readonly name: string;
  readonly description: string;
  readonly tier: string;
  /** `manager`, `people` (names in approvers) or `nobody`. */
  readonly approval: 'manager' | 'people' | 'nobody';
  readonly approvers: string;
  readonly lasts: string;
  readonly reasonRequired: boolean;
  readonly reasonAtLeast: number;
  readonly reason: string;
  /** What was wrong with the last try, or empty. */
  readonly problem: string;
  /** Further packages that fit what was written; button: packages.open {package}. */
  readonly others: readonly { readonly id: string; readonly name: string; readonly tier: string }[];
  readonly portalUrl: string;
}
