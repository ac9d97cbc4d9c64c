import type { Clock } from '../base/clock.js';
import { isAppError } from '../base/errors.js';
import { clientProof } from './client-proof.js';
import { identityError } from './errors.js';
import { type IdentityConfig, publicSignIn } from './identity-config.js';
import type { TokenService } from './token-service.js';
import type { WindowCode } from './tokens.js';

export type RedeemCode = (window: WindowCode) => Promise<string>;

/** The code of a sign-in window for a token that is meant for the bot itself: the same kind that Teams hands over. */
export function createRedeemCode(config: IdentityConfig, service: TokenService, clock: Clock): RedeemCode {
  const { tenantId, appId, signInUrl } = config;
  const path = `/${tenantId}/oauth2/v2.0/token`;
  // Practice is spoken to under the real name, as @azure/identity does; a sovereign cloud has a name of its own.
  const audience = `${signInUrl.startsWith('https:') ? signInUrl : publicSignIn}${path}`;
  return async ({ code, verifier, redirectUri }) => {
    const form = {
      client_id: appId,
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: redirectUri,
      // For the bot itself Entra wants the bare app id; with the URI of the app it refuses (AADSTS90009).
      scope: `openid profile ${appId}/access_as_user`,
      ...(await clientProof(config, audience, clock)),
    };
    try {
      return await service.post(path, form);
    } catch (error) {
      throw isAppError(error) && error.code === 'identity.sign-in-needed'
        ? identityError('identity.sign-in-spent', error.cause, { ...error.detail })
        : error;
    }
  };
}
