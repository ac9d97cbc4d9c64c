import type { AppError } from '../../base/errors.js';
import { identityError } from '../../identity/errors.js';

/** Our own policy wants a stronger sign-in: asked for in the words in which Entra asks, so that the same window helps. */
export function needsStepUp(context: string): AppError {
  const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: context } } });
  return identityError('identity.step-up-needed', undefined, { claims });
}

/** Entra names no context when it only wants a second factor. */
export function needsSecondFactor(cause: unknown): AppError {
  const claims = JSON.stringify({ access_token: { amr: { essential: true, values: ['mfa'] } } });
  return identityError('identity.step-up-needed', cause, { claims });
}
