import { Refusal, refuse } from '../../world/refusal.js';
import type { Call } from '../call.js';

const stepUp = 'RoleAssignmentRequestAcrsValidationFailed';

/**
 * The service speaks of its refusals in two ways: in plain, or as JSON inside the message of an `UnknownError`. In the
 * field the demand for a stronger sign-in was seen wrapped, and the rest plain.
 */
export function inWireForm<T>({ ctx }: Call, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 400) throw error;
    const { wrapErrors = error.code === stepUp } = ctx.tenant.pim.state().settings;
    if (!wrapErrors) throw error;
    const { code: errorCode, message } = error;
    return refuse(400, 'UnknownError', JSON.stringify({ errorCode, message, instanceAnnotations: [] }));
  }
}

export function notFound(id: string | undefined): never {
  return refuse(404, 'ResourceNotFound', `The resource '${id}' is not found.`);
}

export function invalidFilter(): never {
  return refuse(400, 'InvalidFilter', 'The filter is invalid.');
}
