import { createHash } from 'node:crypto';
import type { PracticeContext } from '../context.js';
import { appId, type Person, personById, tenantId } from '../world/people.js';
import { type ClaimsRequest, claimsRequest } from './claims-request.js';
import type { Form } from './client-auth.js';
import type { CodeBook } from './code-book.js';
import { defaultScopeResource, type Wanted, wantedScopes } from './scopes.js';
import { refuseSignIn } from './sts-error.js';
import { azureAudience, botFrameworkAudience, type Claims, graphAppId, graphAudience } from './tokens.js';

export interface Granted {
  readonly scope?: string;
  readonly accessToken: string;
  readonly idToken?: string;
}

export function clientCredentials(ctx: PracticeContext, form: Form): Granted {
  const resource = defaultScopeResource(form.scope ?? '');
  if (resource === botFrameworkAudience)
    return { accessToken: ctx.tokens.appToken(botFrameworkAudience, []) };
  if (resource === graphAudience || resource === graphAppId) {
    return { accessToken: ctx.tokens.appToken(graphAudience, ctx.tenant.consents.application()) };
  }
  const message = `The resource principal named ${resource} was not found in the tenant named Contoso.`;
  return refuseSignIn('invalid_resource', 500_011, message);
}

export function onBehalfOf(ctx: PracticeContext, form: Form): Granted {
  if (form.requested_token_use !== 'on_behalf_of') {
    refuseSignIn(
      'invalid_request',
      900_144,
      "The request body must contain the parameter: 'requested_token_use'.",
    );
  }
  const { person, claims } = assertedPerson(ctx, form.assertion ?? '');
  const acrs = acrsOf(claims);
  const asked = claimsRequest(form.claims);
  demandContexts(asked.acrs, acrs);
  return userTokens(ctx, person, wantedScopes(form.scope ?? ''), { ...asked, acrs });
}

export function authorizationCode(ctx: PracticeContext, codes: CodeBook, form: Form): Granted {
  const grant =
    codes.redeem(form.code ?? '') ??
    refuseSignIn('invalid_grant', 70_008, 'The provided authorization code has expired or was used before.');
  if (grant.redirectUri !== form.redirect_uri) {
    refuseSignIn(
      'invalid_grant',
      500_112,
      'The reply address does not match the one of the authorization request.',
    );
  }
  if (grant.challenge && !provesChallenge(grant.challenge, form.code_verifier ?? '')) {
    const message =
      'The Code_Verifier does not match the code_challenge supplied in the authorization request.';
    refuseSignIn('invalid_grant', 501_481, message);
  }
  const { acrs, nonce } = grant;
  const { capabilities } = claimsRequest(form.claims);
  return userTokens(ctx, grant.person, wantedScopes(form.scope ?? grant.scope), {
    acrs,
    capabilities,
    nonce,
  });
}

/** How the person signed in, and what the app says of itself. */
interface SignedIn extends ClaimsRequest {
  readonly nonce?: string | undefined;
}

function userTokens(
  ctx: PracticeContext,
  person: Person,
  wanted: Wanted,
  { acrs, capabilities, nonce }: SignedIn,
): Granted {
  if (!ctx.tenant.accounts.enabled(person)) {
    refuseSignIn('invalid_grant', 50_057, 'The user account is disabled.');
  }
  const id = wanted.openid ? { idToken: ctx.tokens.idToken(person, nonce) } : {};
  if (wanted.resource === 'bot') {
    const accessToken = ctx.tokens.ssoToken(person, acrs);
    return { ...id, scope: `api://botid-${appId}/access_as_user`, accessToken };
  }
  const consented = ctx.tenant.consents
    .delegated(person.id)
    .filter((name) => name.startsWith(azureAudience) === (wanted.resource === 'azure'));
  const names = wanted.everything ? consented : consentedOnly(consented, wanted.scopes);
  demandStepUp(ctx, person, names, acrs);
  const audience = wanted.resource === 'azure' ? azureAudience : graphAudience;
  const scopes = names.map((name) => name.replace(azureAudience, ''));
  return {
    ...id,
    scope: scopes.map((name) => `${audience}${wanted.resource === 'azure' ? '' : '/'}${name}`).join(' '),
    accessToken: ctx.tokens.delegatedToken(person, { audience, scopes, acrs, capabilities }),
  };
}

// Exactly the scopes asked for and never more, so that a flow that forgot one is noticed here.
function consentedOnly(consented: readonly string[], asked: readonly string[]): string[] {
  return asked.map((name) => {
    const found = consented.find((scope) => scope.toLowerCase() === name.toLowerCase());
    if (found) return found;
    const message = `The user or administrator has not consented to use the application with ID '${appId}' named 'Latchkey'. Send an interactive authorization request for this user and resource.`;
    return refuseSignIn('invalid_grant', 65_001, message, { suberror: 'consent_required' });
  });
}

// Conditional Access looks at the assertion: a new sign-in that satisfied the context brings it in `acrs`.
function demandStepUp(
  ctx: PracticeContext,
  person: Person,
  scopes: readonly string[],
  acrs: readonly string[],
): void {
  const stepUp = ctx.tenant.accounts.stepUp(person.id);
  if (!stepUp || acrs.includes(stepUp.require)) return;
  const concerned = stepUp.scopes.length === 0 || stepUp.scopes.some((scope) => scopes.includes(scope));
  if (concerned) refuseWithout(stepUp.require);
}

/** Asked for with a challenge from elsewhere, and not in the assertion: the person has to be asked. */
function demandContexts(wanted: readonly string[], acrs: readonly string[]): void {
  const missing = wanted.find((context) => !acrs.includes(context));
  if (missing !== undefined) refuseWithout(missing);
}

function refuseWithout(context: string): never {
  const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: context } } });
  const message = `Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '${graphAppId}'.`;
  refuseSignIn('interaction_required', 50_076, message, { suberror: 'basic_action', claims });
}

function assertedPerson(ctx: PracticeContext, assertion: string): { person: Person; claims: Claims } {
  const found = ctx.tokens.read(assertion, [appId, `api://botid-${appId}`]);
  if ('problem' in found) {
    refuseSignIn(
      'invalid_grant',
      50_013,
      `Assertion failed signature validation. [Reason - ${found.problem}.]`,
    );
  }
  const { claims } = found;
  // An id_token carries no scp: it says who somebody is, not that the bot may act for them.
  if (typeof claims.scp !== 'string') {
    refuseSignIn('invalid_grant', 50_013, 'Assertion failed: an id_token cannot be used for on-behalf-of.');
  }
  const person = personById(String(claims.oid));
  if (!person || claims.tid !== tenantId) {
    const message =
      'User account from another identity provider does not exist in tenant Contoso and cannot access the application.';
    return refuseSignIn('invalid_grant', 50_020, message);
  }
  return { person, claims };
}

function acrsOf(claims: Claims): string[] {
  return Array.isArray(claims.acrs) ? claims.acrs.map(String) : [];
}

function provesChallenge(challenge: { value: string; method: string }, verifier: string): boolean {
  if (challenge.method === 'plain') return challenge.value === verifier;
  return challenge.value === createHash('sha256').update(verifier).digest('base64url');
}
