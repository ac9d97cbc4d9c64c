import type { PracticeContext } from '../context.js';
import type { PracticeRequest, PracticeResponse, Router } from '../http/router.js';
import { newId } from '../world/ids.js';
import type { Asker } from '../world/pim/submit.js';
import { Refusal, refuse } from '../world/refusal.js';
import { askerOf } from './arm-caller.js';

/** One call whose bearer and version have been checked. */
export interface ArmCall {
  readonly ctx: PracticeContext;
  readonly req: PracticeRequest;
  readonly asker: Asker;
  /** What the path names before `/providers/Microsoft.Authorization`; empty for everything. */
  readonly scope: string;
}

export type ArmOperation = (call: ArmCall) => PracticeResponse;

/** `pattern` begins behind `/providers/Microsoft.Authorization`, in lower case: this service does not look at case. */
export type ArmRoutes = (
  method: string,
  pattern: string,
  versions: readonly string[],
  operation: ArmOperation,
) => void;

export function armRoutesFor(ctx: PracticeContext, router: Router): ArmRoutes {
  return (method, pattern, versions, operation) => {
    router.on(method, pattern, (req) => {
      const asker = askerOf(ctx, req);
      checkVersion(req.query.get('api-version'), versions);
      return operation({ ctx, req, asker, scope: req.params.scope ?? '' });
    });
  };
}

/** Runs an operation; a refusal becomes the error envelope of this service, anything else is a defect and goes on up. */
export async function orArmError(
  work: () => PracticeResponse | Promise<PracticeResponse>,
): Promise<PracticeResponse> {
  const headers = { 'x-ms-request-id': newId(), 'x-ms-correlation-request-id': newId() };
  try {
    const answered = await work();
    return { ...answered, headers: { ...headers, ...answered.headers } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, code, message } = error;
    return {
      status,
      headers: { ...headers, ...(status === 401 ? { 'www-authenticate': challenge(message) } : {}) },
      body: { error: { code, message } },
    };
  }
}

export function forbidden({ person }: Asker, action: string, scope: string): never {
  const who = `The client '${person.userPrincipalName}' with object id '${person.id}'`;
  const what = `does not have authorization to perform action 'Microsoft.Authorization/${action}' over scope '${scope || '/'}' or the scope is invalid.`;
  return refuse(403, 'AuthorizationFailed', `${who} ${what}`);
}

export function badArmRequest(message: string): never {
  return refuse(400, 'BadRequest', message);
}

function checkVersion(given: string | null, versions: readonly string[]): void {
  if (given === null) {
    const message = 'The api-version query parameter (?api-version=) is required for all requests.';
    refuse(400, 'MissingApiVersionParameter', message);
  }
  if (!versions.includes(given)) {
    const supported = versions.join(',');
    const message = `The api-version '${given}' is invalid. The supported versions are '${supported}'.`;
    refuse(400, 'InvalidApiVersionParameter', message);
  }
}

function challenge(message: string): string {
  const where = 'https://login.microsoftonline.com/common';
  return `Bearer authorization_uri="${where}", error="invalid_token", error_description="${message}"`;
}
