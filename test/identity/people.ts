import { type Actor, actorFrom } from '../../src/identity/actor.js';
import type { IdentityConfig } from '../../src/identity/identity-config.js';
import type { Issuer } from './issuer.js';

export const tenantId = '11111111-2222-4333-8444-555555555555';
export const appId = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

export function person(n: number): Actor {
  const objectId = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  return actorFrom({ tenantId, objectId, name: `Person ${n}`, mri: `29:${n}` }, tenantId);
}

export function identityConfig(signInUrl: string): IdentityConfig {
  return {
    appId,
    tenantId,
    credential: { kind: 'secret', secret: 'the-bots-own-secret' },
    signInUrl,
    ssoResource: `api://botid-${appId}`,
  };
}

/** What Teams hands over for a person, in version 2. */
export function ssoClaims(actor: Actor): Record<string, unknown> {
  return {
    iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
    aud: appId,
    tid: tenantId,
    oid: actor.objectId,
    scp: 'access_as_user',
    ver: '2.0',
  };
}

export function ssoToken(issuer: Issuer, actor: Actor, more: object = {}): string {
  return issuer.sign({ ...ssoClaims(actor), ...more });
}
