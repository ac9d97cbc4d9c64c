import type { Policy } from './policy.js';

/** Who answers for a package by the policy: its own line counts before that of its catalog. Nobody where there is none. */
export function packageOwners(
  { packages }: Pick<Policy, 'packages'>,
  { id, catalogId }: { readonly id: string; readonly catalogId?: string | undefined },
): readonly string[] {
  return lineOf(packages.owners, id) ?? lineOf(packages.owners, catalogId ?? '') ?? [];
}

function lineOf<Value>(owners: Readonly<Record<string, Value>>, id: string): Value | undefined {
  const key = id.toLowerCase();
  // An id from outside must not find what every object inherits.
  return Object.hasOwn(owners, key) ? owners[key] : undefined;
}
