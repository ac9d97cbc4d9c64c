import { appId } from '../world/people.js';
import { refuseSignIn } from './sts-error.js';
import { graphAppId, graphAudience } from './tokens.js';

/** What a scope parameter asks for. */
export type Wanted =
  | { readonly resource: 'graph'; readonly scopes: readonly string[]; readonly openid: boolean }
  | { readonly resource: 'graph-default'; readonly openid: boolean }
  | { readonly resource: 'bot'; readonly openid: boolean };

const signInScopes = new Set(['openid', 'profile', 'offline_access', 'email']);

export function wantedScopes(scope: string): Wanted {
  const all = scope.split(/\s+/).filter((item) => item !== '');
  const openid = all.includes('openid');
  const asked = all.filter((item) => !signInScopes.has(item));
  if (all.length === 0)
    refuseSignIn('invalid_request', 900_144, "The request body must contain the parameter: 'scope'.");
  if (asked.some(isForBot)) return { resource: 'bot', openid };
  const names = asked.map(graphScope);
  if (!names.includes('.default')) return { resource: 'graph', scopes: names, openid };
  if (names.length === 1) return { resource: 'graph-default', openid };
  return refuseSignIn(
    'invalid_scope',
    70_011,
    "The provided value for the input parameter 'scope' is not valid. .default scope can't be combined with resource-specific scopes.",
  );
}

/** The scope of a client-credentials request: always one resource and `.default`. */
export function defaultScopeResource(scope: string): string {
  const [only = '', ...more] = scope.split(/\s+/).filter((item) => !signInScopes.has(item));
  if (more.length === 0 && only.endsWith('/.default')) return only.slice(0, -'/.default'.length);
  return refuseSignIn(
    'invalid_scope',
    1_002_012,
    `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.`,
  );
}

function graphScope(item: string): string {
  const prefix = [`${graphAudience}/`, `${graphAppId}/`].find((start) => item.startsWith(start));
  if (prefix) return item.slice(prefix.length);
  // A bare name means Microsoft Graph, as in the real service.
  if (!item.includes('/')) return item;
  return refuseSignIn(
    'invalid_resource',
    500_011,
    `The resource principal named ${item.slice(0, item.lastIndexOf('/'))} was not found in the tenant named Contoso.`,
  );
}

function isForBot(item: string): boolean {
  return new RegExp(`^(api://([^/]+/)?botid-)?${appId}/|^api://${appId}/`).test(item);
}
