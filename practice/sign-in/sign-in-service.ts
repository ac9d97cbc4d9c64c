import type { PracticeContext } from '../context.js';
import { createRouter, type Router } from '../http/router.js';
import { answerConsent, showConsent } from './authorize.js';
import { createCodeBook } from './code-book.js';
import { tokenEndpoint } from './token-endpoint.js';
import { v2Issuer } from './tokens.js';

/** The practice tenant's login.microsoftonline.com. */
export function signInService(ctx: PracticeContext): Router {
  const router = createRouter();
  const codes = createCodeBook();
  router.on('POST', '/:tenant/oauth2/v2.0/token', (req) => tokenEndpoint(ctx, codes, req));
  router.on('GET', '/:tenant/oauth2/v2.0/authorize', (req) => showConsent(ctx, req));
  router.on('POST', '/:tenant/oauth2/v2.0/authorize', (req) => answerConsent(ctx, codes, req));
  router.on('GET', '/:tenant/discovery/v2.0/keys', () => ({ status: 200, body: ctx.tokens.tenantJwks() }));
  router.on('GET', '/:tenant/v2.0/.well-known/openid-configuration', (req) => ({
    status: 200,
    body: openIdConfiguration(ctx.publicUrl, req.params.tenant ?? ''),
  }));
  return router;
}

function openIdConfiguration(publicUrl: string, tenant: string): unknown {
  const base = `${publicUrl}/sts/${tenant}`;
  return {
    issuer: v2Issuer(tenant),
    token_endpoint: `${base}/oauth2/v2.0/token`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'nonce',
      'preferred_username',
      'name',
      'tid',
      'ver',
    ],
  };
}
