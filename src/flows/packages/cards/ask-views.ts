/** What a button of these cards sends: which package, under which policy, and for whom (absent: oneself). */
export interface OpenData {
  readonly [key: string]: string | number;
}

/** cards/packages/choose: what may I ask for. Buttons: packages.open {package, person?}, {query, skip, person?}; packages.mine, packages.reports, packages.approvals. */
export interface ChooseView {
  readonly query: string;
  /** Whose access it is about; empty: oneself. */
  readonly forName: string;
  readonly packages: readonly {
    readonly name: string;
    readonly description: string;
    readonly tier: string;
    /** What it opens, or empty. */
    readonly opens: string;
    /** Who decides, in words; `nobody`; or empty: not known. */
    readonly decides: string;
    /** `30 days or 90 days`; empty: not known. */
    readonly howLong: string;
    /** `free`, `asked`, `held`, or `ends-soon`: then it can be asked for again. */
    readonly state: 'free' | 'asked' | 'held' | 'ends-soon';
    /** When what they have ends; empty: it does not. */
    readonly until: string;
    readonly data: OpenData;
  }[];
  /** `1 to 8 of 12`; empty: all are on the card. */
  readonly shown: string;
  /** One each where there are more, otherwise none. */
  readonly pages: readonly { readonly title: string; readonly data: OpenData }[];
  readonly portalUrl: string;
}

/** cards/packages/policies: one package, several ways to ask for it. Button: packages.open {package, policy, person?}. */
export interface PoliciesView {
  readonly name: string;
  readonly description: string;
  readonly forName: string;
  readonly ways: readonly {
    readonly name: string;
    readonly description: string;
    readonly decides: string;
    readonly howLong: string;
    /** `3 questions`, or empty. */
    readonly questions: string;
    readonly ownDates: boolean;
    readonly data: OpenData;
  }[];
  readonly portalUrl: string;
}

/** cards/packages/reports: for whom. Buttons: packages.open {package?, person}; packages.reports {package?, skip}. */
export interface ReportsView {
  /** Name of the package it is about; empty: any, or one that the reader does not see. */
  readonly package: string;
  readonly people: readonly {
    readonly name: string;
    readonly jobTitle: string;
    readonly data: OpenData;
  }[];
  /** `1 to 15 of 20`; empty: all are on the card. */
  readonly shown: string;
  /** One each where there are more, otherwise none. */
  readonly pages: readonly { readonly title: string; readonly data: OpenData }[];
  readonly portalUrl: string;
}

export interface QuestionView {
  /** Of the input: `q-<id>`. */
  readonly id: string;
  readonly label: string;
  /** `line` and `lines` are typed, `one` and `several` are chosen; `shown` was answered before and stays. */
  readonly kind: 'line' | 'lines' | 'one' | 'several' | 'shown';
  readonly required: boolean;
  /** Regular expression; empty: anything. */
  readonly pattern: string;
  /** What a client says when the input is not right. */
  readonly message: string;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  readonly value: string;
  /** What was wrong with the last try, or empty. */
  readonly problem: string;
}

/** cards/packages/ask: the form. Button: packages.ask {ref, policy}, inputs `reason`, `startDate`, `endDate` and `q-…`. */
export interface AskView {
  readonly ref: string;
  readonly policy: string;
  readonly name: string;
  readonly description: string;
  readonly tier: string;
  /** Whose access it is; empty: one's own. */
  readonly forName: string;
  /** What it opens, or empty. */
  readonly opens: string;
  /** Name of the policy where there are several; empty: there is no choice. */
  readonly way: string;
  /** Who decides, stage by stage, in words; empty: nobody has to. */
  readonly decides: string;
  readonly lasts: string;
  readonly renews: boolean;
  /** It is a longer stay: until when they have it now; empty where that has no end. */
  readonly until: string;
  /** Names of what has to be given back first; empty: nothing. */
  readonly conflicts: string;
  /** What it cannot be had together with, where nobody can tell whether they have it; empty: nothing. */
  readonly neverWith: string;
  /** Whoever will have it is a guest: names of their sponsors, or empty; `guest` says whether they are one. */
  readonly guest: boolean;
  readonly sponsors: string;
  readonly reasonRequired: boolean;
  readonly reasonAtLeast: number;
  readonly reason: string;
  readonly questions: readonly QuestionView[];
  readonly ownDates: boolean;
  readonly startDate: string;
  readonly endDate: string;
  /** The last day they can ask for when it starts today, such as 2026-12-31; empty: there is none. */
  readonly lastDay: string;
  readonly timeZone: string;
  /** What was wrong with the last try, each at its field; empty: nothing. */
  readonly problems: {
    readonly any: boolean;
    readonly form: string;
    readonly reason: string;
    readonly start: string;
    readonly end: string;
  };
  /** Further packages that fit what was written; button: packages.open {package}. */
  readonly others: readonly { readonly id: string; readonly name: string; readonly tier: string }[];
  readonly portalUrl: string;
}
