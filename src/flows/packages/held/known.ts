import { z } from 'zod/v4';
import type { Held } from '../../../graph/entitlement.js';

/** What has to be said of an assignment once Entra does not show it any more. */
export const knownShape = z.object({
  packageId: z.string(),
  packageName: z.string(),
  personId: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
});

export type Known = z.infer<typeof knownShape>;

export function knownOf({ packageId, packageName, personId, startsAt, endsAt }: Held): Known {
  return { packageId, packageName, personId, startsAt, endsAt };
}

export function asHeldOnce(id: string, known: Known): Held {
  return { id, state: 'expired', status: '', policyId: undefined, personName: '', ...known };
}
