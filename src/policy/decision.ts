declare const permitBrand: unique symbol;

/** Leave to do exactly what `args` says, for one verb. Rules make it; carryOut writes what it holds and nothing else. */
export interface Permit<Verb extends string, Args> {
  readonly verb: Verb;
  readonly args: Args;
  readonly [permitBrand]: true;
}

/** `basis` names the policy rules that led here; the card shows it and the record keeps it. */
export type Decision<Verb extends string, Args> =
  | { readonly kind: 'permit'; readonly permit: Permit<Verb, Args>; readonly basis: readonly string[] }
  | { readonly kind: 'refuse'; readonly code: string; readonly basis: readonly string[] };

export function permit<Verb extends string, Args>(
  verb: Verb,
  args: Args,
  basis: readonly string[],
): Decision<Verb, Args> {
  const granted: Omit<Permit<Verb, Args>, typeof permitBrand> = { verb, args };
  return { kind: 'permit', permit: granted as Permit<Verb, Args>, basis };
}

export function refuse(code: string, basis: readonly string[]): Decision<never, never> {
  return { kind: 'refuse', code, basis };
}

/** Only a stronger sign-in is missing, by its authentication context; after it the same is decided again. */
export interface StepUp {
  readonly kind: 'step-up';
  readonly context: string;
  readonly basis: readonly string[];
}

export type GuardedDecision<Verb extends string, Args> = Decision<Verb, Args> | StepUp;

export function stepUp(context: string, basis: readonly string[]): StepUp {
  return { kind: 'step-up', context, basis };
}
