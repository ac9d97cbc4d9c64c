import type { PracticeContext } from '../context.js';
import { createRouter, type PracticeRequest, type PracticeResponse } from '../http/router.js';
import { refuse } from '../world/refusal.js';
import { approvalRoutes } from './approvals.js';
import { armRoutesFor, orArmError } from './arm-call.js';
import { askerOf } from './arm-caller.js';
import { requestRoutes } from './requests.js';
import { scheduleRoutes } from './schedules.js';

/** The practice tenant's management.azure.com: of it only what just-in-time roles need. */
export function azureService(ctx: PracticeContext): {
  handle(req: PracticeRequest): Promise<PracticeResponse>;
} {
  const router = createRouter((req) => nothingHere(ctx, req));
  const on = armRoutesFor(ctx, router);
  scheduleRoutes(on);
  requestRoutes(on);
  approvalRoutes(on);
  return {
    handle: (req) =>
      orArmError(() => {
        // The last one: a scope may lie in a resource of another provider.
        const [, scope, rest] =
          /^(.*)\/providers\/Microsoft\.Authorization\/(.+)$/i.exec(req.path) ?? nothingHere(ctx, req);
        // Case means nothing in these paths, so everything behind the scope is read in lower case.
        const path = `/${(rest ?? '').toLowerCase()}`;
        return router.handle({ ...req, path, params: { scope: decoded(scope ?? '') } });
      }),
  };
}

function nothingHere(ctx: PracticeContext, req: PracticeRequest): never {
  askerOf(ctx, req);
  const what = req.path.split('/').at(-1);
  return refuse(404, 'InvalidResourceType', `The resource type '${what}' could not be found.`);
}

function decoded(scope: string): string {
  try {
    return decodeURIComponent(scope);
  } catch {
    return scope;
  }
}
