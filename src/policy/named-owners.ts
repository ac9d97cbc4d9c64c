import type { Policy } from './policy.js';

/** Who answers for a role or group by the policy; nobody where it names none. */
export function namedOwners({ pim }: Pick<Policy, 'pim'>, id: string): readonly string[] {
  const key = id.toLowerCase();
  // An id from outside must not find what every object inherits.
  return (Object.hasOwn(pim.owners, key) ? pim.owners[key] : undefined) ?? [];
}
