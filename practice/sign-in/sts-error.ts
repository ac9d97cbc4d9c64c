import type { PracticeResponse } from '../http/router.js';
import { newId } from '../world/ids.js';

export interface StsProblem {
  readonly status: number;
  readonly error: string;
  readonly number: number;
  readonly message: string;
  readonly suberror?: string;
  /** A claims challenge: plain JSON as a string. */
  readonly claims?: string;
}

/** Thrown where a rule of the sign-in service says no. */
export class StsRefusal extends Error {
  readonly problem: StsProblem;

  constructor(problem: StsProblem) {
    super(problem.message);
    this.name = 'StsRefusal';
    this.problem = problem;
  }
}

export function refuseSignIn(
  error: string,
  number: number,
  message: string,
  more: { readonly status?: number; readonly suberror?: string; readonly claims?: string } = {},
): never {
  throw new StsRefusal({ status: 400, error, number, message, ...more });
}

export function stsErrorAnswer(problem: StsProblem, correlationId: string | undefined): PracticeResponse {
  const trace = newId();
  const correlation = correlationId ?? newId();
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const ids = `Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`;
  return {
    status: problem.status,
    headers: { 'x-ms-request-id': trace },
    body: {
      error: problem.error,
      error_description: `AADSTS${problem.number}: ${problem.message} ${ids}`,
      error_codes: [problem.number],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${problem.number}`,
      ...(problem.suberror ? { suberror: problem.suberror } : {}),
      ...(problem.claims ? { claims: problem.claims } : {}),
    },
  };
}
