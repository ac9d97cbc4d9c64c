import type { PracticeContext } from '../context.js';
import type { Router } from '../http/router.js';

/** Where a bot finds the keys with which Teams signs its calls. */
export function wellKnownRoutes(router: Router, ctx: PracticeContext): void {
  router.on('GET', '/v1/.well-known/openidconfiguration', () => ({
    status: 200,
    body: {
      issuer: 'https://api.botframework.com',
      authorization_endpoint: 'https://invalid.botframework.com',
      jwks_uri: `${ctx.publicUrl}/connector/v1/.well-known/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    },
  }));
  router.on('GET', '/v1/.well-known/keys', () => ({ status: 200, body: ctx.tokens.channelJwks() }));
}
