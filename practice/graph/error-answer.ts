import type { PracticeResponse } from '../http/router.js';
import { newId } from '../world/ids.js';
import { Refusal, refuse } from '../world/refusal.js';

/** Runs an operation; a refusal becomes Graph's error envelope, anything else is a defect and goes on up. */
export async function orErrorAnswer(
  work: () => PracticeResponse | Promise<PracticeResponse>,
  clientRequestId: string | undefined,
): Promise<PracticeResponse> {
  const requestId = newId();
  const ids = { 'request-id': requestId, 'client-request-id': clientRequestId ?? requestId };
  try {
    const answered = await work();
    return { ...answered, headers: { ...ids, ...answered.headers } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const innerError = { ...error.inner, date: new Date().toISOString().slice(0, 19), ...ids };
    return {
      status: error.status,
      headers: { ...ids, ...challenge(error.status) },
      body: { error: { code: error.code, message: error.message, innerError } },
    };
  }
}

function challenge(status: number): Record<string, string> {
  if (status !== 401) return {};
  const where = 'https://login.microsoftonline.com/common/oauth2/authorize';
  return { 'www-authenticate': `Bearer realm="", authorization_uri="${where}"` };
}

/** How the directory says that there is no such object. */
export function noSuchResource(id: string | undefined): never {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
  return refuse(404, 'Request_ResourceNotFound', message);
}
