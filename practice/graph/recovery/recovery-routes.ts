import { faultAnswer } from '../../http/fault-answer.js';
import type { RateLimit } from '../../teams/rate-limit.js';
import { appId } from '../../world/people.js';
import type { Routes } from '../call.js';
import { methodRoutes } from './methods.js';
import { passPolicyRoutes } from './pass-policy.js';
import { passRoutes } from './passes.js';
import { registrationRoutes } from './registrations.js';
import { sessionRoutes } from './sessions.js';
import { signInRoutes } from './sign-ins.js';
import type { Reads } from './subject.js';

/** Sign-in methods, passes, sessions, and the reports about them. */
export function recoveryRoutes(routes: Routes, limit: RateLimit): void {
  // The documented list of what counts for the limit can be read so that methods are in it.
  const reads: Reads = (operation) => (call) => {
    const counts = call.ctx.tenant.recovery.state().settings.methodsLimited;
    const wait = counts ? limit.take(appId) : undefined;
    return wait === undefined ? operation(call) : faultAnswer('graph', { status: 429, retryAfter: wait });
  };
  methodRoutes(routes, reads);
  passRoutes(routes, reads);
  passPolicyRoutes(routes);
  sessionRoutes(routes);
  registrationRoutes(routes, limit);
  signInRoutes(routes, limit);
}
