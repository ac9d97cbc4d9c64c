import { newId } from '../world/ids.js';
import type { FaultEffect } from './faults.js';
import type { ServiceName } from './request-log.js';
import type { PracticeResponse } from './router.js';

/** The answer of a fault; without a body of its own, one in the shape that service uses. */
export function faultAnswer(service: ServiceName, fault: FaultEffect): PracticeResponse {
  const status = fault.status ?? 503;
  const headers: Record<string, string> = { 'request-id': newId() };
  if (fault.retryAfter !== undefined) headers['retry-after'] = String(fault.retryAfter);
  return { status, headers, body: fault.body ?? defaultBody(service, status) };
}

// Each service fails in its own words; clients read the code and not only the status.
function defaultBody(service: ServiceName, status: number): unknown {
  if (service === 'sts') {
    const number = status === 429 ? 90_055 : 90_033;
    const description = `AADSTS${number}: A transient error has occurred. Please try again.`;
    return { error: 'temporarily_unavailable', error_description: description, error_codes: [number] };
  }
  const [code, message] = known[status] ?? ['generalException', 'The practice tenant was told to fail here.'];
  if (service === 'connector' || service === 'azure' || service === 'drive')
    return { error: { code, message } };
  const innerError = {
    date: new Date().toISOString().slice(0, 19),
    'request-id': newId(),
    status: String(status),
  };
  return { error: { code, message, innerError } };
}

const known: Readonly<Record<number, readonly [string, string]>> = {
  401: ['InvalidAuthenticationToken', 'Access token is not valid any more.'],
  403: ['Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'],
  404: ['Request_ResourceNotFound', 'Resource does not exist.'],
  409: ['Conflict', 'The object has been changed by somebody else.'],
  429: ['TooManyRequests', 'Please retry again later.'],
  500: ['InternalServerError', 'An internal error has occurred.'],
  502: ['BadGateway', 'The gateway got no usable answer.'],
  503: ['ServiceUnavailable', 'The service is temporarily unavailable. Please try again later.'],
  504: ['GatewayTimeout', 'The service did not answer in time.'],
};
