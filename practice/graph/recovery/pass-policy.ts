import { allUsers, type PassPolicy } from '../../world/recovery/pass.js';
import type { Call, Routes } from '../call.js';
import type { Entity } from '../entity.js';
import { noSuchResource } from '../error-answer.js';
import { one } from '../odata-page.js';
import { readPolicy } from './permissions.js';

const path = '/policies/authenticationMethodsPolicy';
const passId = 'TemporaryAccessPass';

/** What the tenant allows. Read only: an administrator changes it in the portal, which is the remote control. */
export function passPolicyRoutes(routes: Routes): void {
  routes('GET', path, readPolicy, (call) =>
    one(call, 'authenticationMethodsPolicy', {
      type: 'authenticationMethodsPolicy',
      props: {
        id: 'authenticationMethodsPolicy',
        displayName: 'Authentication Methods Policy',
        description: 'The tenant-wide policy that controls which authentication methods are allowed.',
        lastModifiedDateTime: call.ctx.tenant.startedAt().toISOString(),
        policyVersion: '1.5',
        policyMigrationState: 'migrationComplete',
        reconfirmationInDays: null,
        // They come inline, although the schema calls them a relation.
        authenticationMethodConfigurations: configurations(call),
      },
    }),
  );
  routes('GET', `${path}/authenticationMethodConfigurations/:id`, readPolicy, (call) => {
    const wanted = call.req.params.id ?? '';
    if (wanted.toLowerCase() !== passId.toLowerCase()) noSuchResource(wanted);
    const context = 'authenticationMethodConfigurations';
    return one(call, context, passConfiguration(call.ctx.tenant.recovery.state().policy), true);
  });
}

function configurations({ ctx }: Call): readonly unknown[] {
  const { type, props } = passConfiguration(ctx.tenant.recovery.state().policy);
  return [{ '@odata.type': `#microsoft.graph.${type}`, ...props }];
}

function passConfiguration(policy: PassPolicy): Entity {
  const target = (id: string): Record<string, unknown> => ({ targetType: 'group', id });
  return {
    type: 'temporaryAccessPassAuthenticationMethodConfiguration',
    props: {
      id: passId,
      state: policy.enabled ? 'enabled' : 'disabled',
      defaultLifetimeInMinutes: policy.defaultMinutes,
      defaultLength: policy.length,
      minimumLifetimeInMinutes: policy.leastMinutes,
      maximumLifetimeInMinutes: policy.longestMinutes,
      isUsableOnce: policy.oneTimeOnly,
      includeTargets: policy.includes.map((id) => ({ ...target(id), isRegistrationRequired: false })),
      excludeTargets: policy.excludes.filter((id) => id !== allUsers).map(target),
    },
  };
}
