import type { PracticeContext } from '../context.js';
import { observed } from '../http/observed.js';
import { createRouter, type PracticeRequest, type PracticeResponse, type Router } from '../http/router.js';
import type { RateLimit } from '../teams/rate-limit.js';
import { accessReviewRoutes } from './access-reviews.js';
import { approvalRoutes } from './approvals.js';
import { assignmentRequestRoutes } from './assignment-requests.js';
import { assignmentRoutes } from './assignments.js';
import { batchAnswer } from './batch.js';
import { routesFor, type Version } from './call.js';
import { callerOf } from './caller.js';
import { auditLimit, directoryAuditRoutes } from './directory-audits.js';
import { orErrorAnswer } from './error-answer.js';
import { groupRoutes, tenantRoutes } from './groups.js';
import { badRequest } from './odata-query.js';
import { packageRoutes } from './packages.js';
import { pimRoutes } from './pim/pim-routes.js';
import { recoveryRoutes } from './recovery/recovery-routes.js';
import { servicePrincipalRoutes } from './service-principals.js';
import { userRoutes } from './users.js';

/** The practice tenant's graph.microsoft.com. */
export function graphService(ctx: PracticeContext): {
  handle(req: PracticeRequest): Promise<PracticeResponse>;
} {
  const limit = auditLimit(ctx);
  const versions = new Map<string, Router>([
    ['v1.0', versionRouter(ctx, 'v1.0', limit)],
    ['beta', versionRouter(ctx, 'beta', limit)],
  ]);
  return {
    handle: async (req) => {
      const [, name = '', path = '/'] = /^\/([^/]+)(\/.*)?$/.exec(req.path) ?? [];
      const router = versions.get(name);
      if (!router) return orErrorAnswer(() => badRequest(`Invalid version: ${name}.`), undefined);
      return withPreference(req, await router.handle({ ...req, path }));
    },
  };
}

function versionRouter(ctx: PracticeContext, version: Version, limit: RateLimit): Router {
  const router = createRouter((req) =>
    orErrorAnswer(() => {
      callerOf(ctx, req.headers.authorization);
      return badRequest(`Resource not found for the segment '${req.path.split('/').at(-1)}'.`);
    }, req.headers['client-request-id']?.toString()),
  );
  const routes = routesFor(ctx, router, version);
  userRoutes(routes);
  groupRoutes(routes);
  tenantRoutes(routes);
  servicePrincipalRoutes(routes);
  packageRoutes(routes);
  assignmentRequestRoutes(routes);
  assignmentRoutes(routes);
  approvalRoutes(routes, version);
  directoryAuditRoutes(routes, limit);
  pimRoutes(routes, version);
  recoveryRoutes(routes, limit);
  // Beta has other paths and other shapes: nothing here may come to rest on them.
  if (version === 'v1.0') accessReviewRoutes(routes);
  // Items are logged and hit by faults under the version's own path, exactly like single requests.
  const sendItem = observed(ctx, 'graph', (item) =>
    router.handle({ ...item, path: item.path.slice(version.length + 1) }),
  );
  router.on('POST', '/$batch', (req) =>
    orErrorAnswer(() => {
      callerOf(ctx, req.headers.authorization);
      return batchAnswer(req, (item) => sendItem({ ...item, path: `/${version}${item.path}` }));
    }, req.headers['client-request-id']?.toString()),
  );
  return router;
}

// Preferences are answered by name; page size is honoured where pages are cut.
function withPreference(req: PracticeRequest, answered: PracticeResponse): PracticeResponse {
  const honoured = String(req.headers.prefer ?? '')
    .split(',')
    .map((preference) => preference.trim())
    .filter((preference) => /^(include-unknown-enum-members|odata\.maxpagesize=\d+)$/i.test(preference));
  if (honoured.length === 0) return answered;
  return { ...answered, headers: { ...answered.headers, 'preference-applied': honoured.join(', ') } };
}
