import type { Policy } from './policy.js';

/** `id` as `pim.emergency` names it: of a role or group, or the GUID that the id of an Azure role definition ends with. */
export function isEmergency({ pim }: Pick<Policy, 'pim'>, id: string): boolean {
  return pim.emergency.includes(id.toLowerCase());
}
