import { z } from 'zod/v4';
import { refuseSignIn } from './sts-error.js';

/** What a `claims` parameter asks the next token to carry. */
export interface ClaimsRequest {
  /** Authentication contexts. */
  readonly acrs: readonly string[];
  /** What the app says that it can handle. */
  readonly capabilities: readonly string[];
}

const wish = z.object({ value: z.string().optional(), values: z.array(z.string()).optional() });
const shape = z.object({
  access_token: z.object({ acrs: wish.optional(), xms_cc: wish.optional() }).optional(),
});

export function claimsRequest(claims: string | undefined): ClaimsRequest {
  if (!claims) return { acrs: [], capabilities: [] };
  const asked = parsed(claims).access_token;
  return { acrs: valuesOf(asked?.acrs), capabilities: valuesOf(asked?.xms_cc) };
}

function parsed(claims: string): z.infer<typeof shape> {
  try {
    return shape.parse(JSON.parse(claims));
  } catch {
    return refuseSignIn('invalid_request', 90_014, "The parameter 'claims' is not readable JSON.");
  }
}

function valuesOf(asked: z.infer<typeof wish> | undefined): readonly string[] {
  return asked?.values ?? (asked?.value ? [asked.value] : []);
}
