import { sessionsRevoked } from '../../world/recovery/directory-changes.js';
import type { Routes } from '../call.js';
import { doer, mustRevoke } from './authority.js';
import { revoke } from './permissions.js';
import { subjectOf } from './subject.js';

/** Signing somebody out everywhere: oneself, or whoever a role reaches. */
export function sessionRoutes(routes: Routes): void {
  for (const owner of ['/me', '/users/:owner'])
    routes('POST', `${owner}/revokeSignInSessions`, revoke, (call) => {
      const about = subjectOf(call);
      mustRevoke(call, about);
      call.ctx.tenant.recovery.apply((state, moment) =>
        sessionsRevoked(state, moment, { about, by: doer(call) }),
      );
      const context = `https://graph.microsoft.com/${call.version}/$metadata#Edm.Boolean`;
      return { status: 200, body: { '@odata.context': context, value: true } };
    });
}
