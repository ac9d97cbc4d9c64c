import { z } from 'zod/v4';

export const decideInput = z.object({ ref: z.string().max(64), comment: z.string().max(4000).default('') });
