import { z } from 'zod/v4';

export const decideInput = z.object({
  ref: z.string().max(64),
  comment: z.string().max(4000).default(''),
});

/** Even a plain approver needs the wide scope: Entra has no smaller one for deciding a stage. */
export const decideScopes = ['EntitlementManagement.ReadWrite.All'];
