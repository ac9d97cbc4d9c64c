import { appId } from '../world/people.js';
import { refuseSignIn } from './sts-error.js';
import { azureAudience, graphAppId, graphAudience } from './tokens.js';

export type Resource = 'graph' | 'azure' | 'bot';

/** What a token is to be good for: always one resource. */
export interface Wanted {
  readonly resource: Resource;
  /** As consents name them; empty for `.default`, which means all that was agreed to. */
  readonly scopes: readonly string[];
  readonly everything: boolean;
  readonly openid: boolean;
}

/** What a person is asked to agree to; that may be for several resources at once. */
export interface Wish {
  /** As consents name them: those of Azure with their resource, those of Graph without. */
  readonly scopes: readonly string[];
  readonly everything: boolean;
  readonly bot: boolean;
}

const signInScopes = new Set(['openid', 'profile', 'offline_access', 'email']);

export function wantedScopes(scope: string): Wanted {
  const all = words(scope);
  if (all.length === 0)
    refuseSignIn('invalid_request', 900_144, "The request body must contain the parameter: 'scope'.");
  const asked = all.filter((item) => !signInScopes.has(item)).map(named);
  const resources = new Set(asked.map(({ resource }) => resource));
  const [resource = 'graph'] = resources;
  if (resources.size > 1) {
    const message = `The provided value for the input parameter 'scope' is not valid because it contains more than one resource. Scope ${scope} is not valid.`;
    refuseSignIn('invalid_scope', 28_000, message);
  }
  const everything = asked.some(({ name }) => isDefault(name));
  if (everything && asked.length > 1) {
    const message =
      "The provided value for the input parameter 'scope' is not valid. .default scope can't be combined with resource-specific scopes.";
    refuseSignIn('invalid_scope', 70_011, message);
  }
  const scopes = everything ? [] : asked.map(({ name }) => name);
  return { resource, scopes, everything, openid: all.includes('openid') };
}

export function wishedScopes(scope: string): Wish {
  const asked = words(scope)
    .filter((item) => !signInScopes.has(item))
    .map(named);
  const others = asked.filter(({ resource }) => resource !== 'bot').map(({ name }) => name);
  return {
    scopes: others.filter((name) => !isDefault(name)),
    everything: others.some(isDefault),
    bot: asked.length > others.length,
  };
}

/** The scope of a client-credentials request: always one resource and `.default`. */
export function defaultScopeResource(scope: string): string {
  const [only = '', ...more] = words(scope).filter((item) => !signInScopes.has(item));
  if (more.length === 0 && only.endsWith('/.default')) return only.slice(0, -'/.default'.length);
  return refuseSignIn(
    'invalid_scope',
    1_002_012,
    `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.`,
  );
}

function words(scope: string): readonly string[] {
  return scope.split(/\s+/).filter((item) => item !== '');
}

function isDefault(name: string): boolean {
  return name === '.default' || name.endsWith('/.default');
}

function named(item: string): { readonly resource: Resource; readonly name: string } {
  if (isForBot(item)) return { resource: 'bot', name: item };
  const graph = [`${graphAudience}/`, `${graphAppId}/`].find((start) => item.startsWith(start));
  if (graph) return { resource: 'graph', name: item.slice(graph.length) };
  // The real audience ends with a slash, so a scope may have two of them in a row.
  const azure = new RegExp(`^${azureAudience.replaceAll('.', '\\.')}/?(?=[^/]+$)`).exec(item)?.[0];
  if (azure) return { resource: 'azure', name: `${azureAudience}${item.slice(azure.length)}` };
  // A bare name means Microsoft Graph, as in the real service.
  if (!item.includes('/')) return { resource: 'graph', name: item };
  return refuseSignIn(
    'invalid_resource',
    500_011,
    `The resource principal named ${item.slice(0, item.lastIndexOf('/'))} was not found in the tenant named Contoso.`,
  );
}

function isForBot(item: string): boolean {
  return new RegExp(`^(api://([^/]+/)?botid-)?${appId}/|^api://${appId}/`).test(item);
}
