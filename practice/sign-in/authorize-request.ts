import type { PracticeContext } from '../context.js';
import { urlOf } from '../http/url-of.js';
import { appId, type Person, people, tenantId } from '../world/people.js';
import { claimsRequest } from './claims-request.js';
import { type Wish, wishedScopes } from './scopes.js';
import { refuseSignIn } from './sts-error.js';

/** A checked request to the authorization endpoint. */
export interface AuthorizeRequest {
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly scope: string;
  readonly wish: Wish;
  /** Authentication contexts the caller demands. */
  readonly acrs: readonly string[];
  readonly nonce: string | undefined;
  readonly challenge: { readonly value: string; readonly method: string } | undefined;
}

export function authorizeRequest(ctx: PracticeContext, query: URLSearchParams): AuthorizeRequest {
  const get = (name: string): string | undefined => query.get(name) ?? undefined;
  if (get('client_id') !== appId) {
    const message = `Application with identifier '${get('client_id') ?? ''}' was not found in the directory 'Contoso'.`;
    refuseSignIn('unauthorized_client', 700_016, message);
  }
  if (get('response_type') !== 'code') {
    refuseSignIn('unsupported_response_type', 70_005, "The practice tenant knows response_type 'code' only.");
  }
  const redirectUri = get('redirect_uri') ?? '';
  if (!isRegistered(ctx, redirectUri)) {
    const message = `The redirect URI '${redirectUri}' does not match the redirect URIs configured for the application: only addresses on this machine are.`;
    refuseSignIn('invalid_request', 50_011, message);
  }
  const scope = get('scope') ?? '';
  const challenge = get('code_challenge');
  return {
    redirectUri,
    state: get('state'),
    scope,
    wish: wishedScopes(scope),
    acrs: claimsRequest(get('claims')).acrs,
    nonce: get('nonce'),
    challenge: challenge ? { value: challenge, method: get('code_challenge_method') ?? 'plain' } : undefined,
  };
}

export function personNamed(hint: string | undefined): Person | undefined {
  const wanted = hint?.toLowerCase();
  return people.find(
    ({ key, id, userPrincipalName, tenantId: home }) =>
      home === tenantId && [key, id, userPrincipalName.toLowerCase()].includes(wanted ?? ''),
  );
}

// A code must never leave this machine, so no other reply address can be registered here.
function isRegistered(ctx: PracticeContext, redirectUri: string): boolean {
  const url = urlOf(redirectUri);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return (
    ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname) || url.origin === urlOf(ctx.botUrl)?.origin
  );
}
