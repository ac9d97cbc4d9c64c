import type { Clock } from '../base/clock.js';
import type { Log } from '../base/log.js';
import { createAppTokens } from './app-tokens.js';
import { createCredentials } from './credentials.js';
import type { IdentityConfig } from './identity-config.js';
import { createRedeemCode } from './redeem-code.js';
import { checkSsoToken, createSsoKeys } from './sso-token.js';
import { createTokenService } from './token-service.js';
import type { AppTokens, UserTokens } from './tokens.js';
import { createUserTokens } from './user-tokens.js';

export interface Identity {
  readonly userTokens: UserTokens;
  readonly appTokens: AppTokens;
}

export interface IdentityPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch?: typeof fetch;
}

/** Everything that has to do with tokens, made from the configuration. */
export function createIdentity(config: IdentityConfig, ports: IdentityPorts): Identity {
  const fetchPort = ports.fetch === undefined ? {} : { fetch: ports.fetch };
  const service = createTokenService({ signInUrl: config.signInUrl, ...fetchPort });
  const credentials = createCredentials(config, service.options);
  const keys = createSsoKeys(config, ports);
  const { clock, log } = ports;
  return {
    userTokens: createUserTokens({
      credentials,
      service,
      clock,
      redeemCode: createRedeemCode(config, service, clock),
      check: (actor, assertion) => checkSsoToken(actor, assertion, { config, keys, clock }),
    }),
    appTokens: createAppTokens({ credentials, service, clock, log }),
  };
}
