import { GraphError } from '@microsoft/microsoft-graph-client';
import { type AppError, isAppError } from '../base/errors.js';
import { because, nameOf } from '../identity/because.js';
import { identityError } from '../identity/errors.js';
import type { Answer } from './answer.js';
import { claimsInHeader, claimsInMessage } from './challenge.js';
import { type GraphRefusal, refusalIn } from './envelope.js';
import { graphError, type graphErrors } from './errors.js';

/** The one funnel: whatever went wrong on the way to Graph and back becomes one of our errors. */
export function graphErrorFrom(failure: unknown): AppError {
  if (isAppError(failure)) return failure;
  if (isAnswer(failure)) return failure.kind === 'lost' ? lostError(failure) : answeredError(failure);
  if (failure instanceof GraphError) {
    const { statusCode: status, headers } = failure;
    if (status < 100) return graphError('graph.unavailable', because(nameOf(failure)));
    const body = { error: { code: failure.code, message: failure.message } };
    return answeredError({
      kind: 'answered',
      status,
      headers: headers ?? new Headers(),
      body,
      broken: false,
    });
  }
  const timedOut = failure instanceof Error && ['AbortError', 'TimeoutError'].includes(failure.name);
  return graphError(timedOut ? 'graph.timed-out' : 'graph.unavailable', because(nameOf(failure)));
}

function isAnswer(failure: unknown): failure is Answer {
  if (failure === null || typeof failure !== 'object' || !('kind' in failure)) return false;
  return failure.kind === 'lost' || failure.kind === 'answered';
}

function lostError({ timedOut, reason }: Extract<Answer, { kind: 'lost' }>): AppError {
  return graphError(timedOut ? 'graph.timed-out' : 'graph.unavailable', because(reason));
}

function answeredError({ status, headers, body }: Extract<Answer, { kind: 'answered' }>): AppError {
  const refusal = refusalIn(body);
  const requestId = refusal.requestId || (headers.get('request-id') ?? headers.get('x-ms-request-id') ?? '');
  const detail = {
    status,
    graphCode: refusal.code.slice(0, 100),
    requestId: requestId.slice(0, 64),
    ...failedRules(refusal),
  };
  const cause = because(`HTTP ${status} ${detail.graphCode} request-id ${detail.requestId}`);
  const claims = claimsInHeader(headers.get('www-authenticate')) ?? claimsInMessage(refusal.message);
  if (claims !== undefined) return identityError('identity.step-up-needed', cause, { ...detail, claims });
  if (status === 401) return identityError('identity.sign-in-needed', cause, detail);
  const scope = missingScope(refusal);
  if (status === 403 && scope !== undefined)
    return graphError('graph.scope-missing', cause, { ...detail, scope });
  return graphError(byStatus[status] ?? byClass(status), cause, detail);
}

const byStatus: Readonly<Record<number, keyof typeof graphErrors>> = {
  403: 'graph.forbidden',
  404: 'graph.not-found',
  408: 'graph.timed-out',
  409: 'graph.conflict',
  410: 'graph.not-found',
  412: 'graph.conflict',
  423: 'graph.conflict',
  424: 'graph.dependency-failed',
  429: 'graph.throttled',
};

function byClass(status: number): keyof typeof graphErrors {
  if (status >= 500) return 'graph.unavailable';
  return status >= 400 ? 'graph.bad-request' : 'graph.broken-answer';
}

/** Graph says 403 to a person without the right and to an app without the permission; only some answers tell which. */
function missingScope({ code, message }: GraphRefusal): string | undefined {
  const named = /missing permission scope\s+([\w.,\s-]{1,300})/i.exec(message)?.[1];
  if (named !== undefined) return named.replace(/[\s.,]+$/, '');
  return code.toLowerCase() === 'permissionscopenotgranted' ? '' : undefined;
}

const policyRules = ['MfaRule', 'JustificationRule', 'TicketingRule', 'ExpirationRule', 'EligibilityRule'];

/** Which rules of a role an activation did not meet: the names we know, and nothing else of what is written there. */
function failedRules({ code, message }: GraphRefusal): { readonly rules?: string } {
  if (code.toLowerCase() !== 'roleassignmentrequestpolicyvalidationfailed') return {};
  const failed = policyRules.filter((rule) => new RegExp(`\\b${rule}\\b`, 'i').test(message));
  return failed.length === 0 ? {} : { rules: failed.join(',') };
}
