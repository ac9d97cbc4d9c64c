import type { PracticeContext } from '../context.js';
import type { PracticeRequest, PracticeResponse, Router } from '../http/router.js';
import { type Access, type Caller, callerOf, checkAccess } from './caller.js';
import { orErrorAnswer } from './error-answer.js';
import { type ODataQuery, odataQuery } from './odata-query.js';

export type Version = 'v1.0' | 'beta';

/** One call whose bearer and permissions have been checked. */
export interface Call {
  readonly ctx: PracticeContext;
  readonly req: PracticeRequest;
  readonly version: Version;
  readonly caller: Caller;
  readonly odata: ODataQuery;
}

export type Operation = (call: Call) => PracticeResponse | Promise<PracticeResponse>;

/** Puts an operation behind its permissions; nothing of Graph is reachable any other way. */
export type Routes = (method: string, pattern: string, access: Access, operation: Operation) => void;

export function routesFor(ctx: PracticeContext, router: Router, version: Version): Routes {
  return (method, pattern, access, operation) => {
    router.on(method, pattern, (req) =>
      orErrorAnswer(() => {
        const caller = callerOf(ctx, req.headers.authorization);
        checkAccess(caller, access);
        return operation({ ctx, req, version, caller, odata: odataQuery(req.query) });
      }, req.headers['client-request-id']?.toString()),
    );
  };
}
