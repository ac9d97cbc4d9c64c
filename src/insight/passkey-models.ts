import models from './passkey-models.json' with { type: 'json' };

/** What a passkey lives in, by the AAGUID that its maker gave all of them. Add others to passkey-models.json. */
export interface PasskeyModel {
  readonly name: string;
  readonly maker: string;
  /** Empty where it does not tell one from another. */
  readonly firmware: string;
  /** Of a firmware in an advisory of its maker (YSA-2024-03: before 5.7), which cannot be updated: to be replaced. */
  readonly advisory: boolean;
}

const byAaguid: ReadonlyMap<string, PasskeyModel> = new Map(
  models.flatMap(({ aaguids, ...model }) => aaguids.map((aaguid) => [aaguid.toLowerCase(), model] as const)),
);

/** Undefined: a model that nobody has named here yet. */
export function modelOf(aaguid: string): PasskeyModel | undefined {
  return byAaguid.get(aaguid.toLowerCase());
}
