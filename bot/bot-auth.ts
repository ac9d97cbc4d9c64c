import { StatusCodes } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  AuthenticationError,
  BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorClient,
  ConnectorFactory,
  UserTokenClient,
} from 'botframework-connector';
import type { Connectors } from './connectors.js';

/** What the SDK is told about a caller whom the door has let in. */
export function letInBy(auth: BotAuth, appId: string): AuthenticateRequestResult {
  const claims = [{ type: 'aud', value: appId }];
  return {
    audience: 'https://api.botframework.com',
    claimsIdentity: new ClaimsIdentity(claims, true),
    connectorFactory: auth.createConnectorFactory(),
  };
}

/** The SDK never judges a token here: it is handed the door's verdict, or nothing at all. */
export class BotAuth extends BotFrameworkAuthentication {
  readonly #factory: ConnectorFactory;
  readonly #userTokens = new NoUserTokens();

  constructor(connectors: Connectors) {
    super();
    this.#factory = new SharedConnectors(connectors);
  }

  override async authenticateRequest(): Promise<AuthenticateRequestResult> {
    throw new AuthenticationError('Use the door.', StatusCodes.UNAUTHORIZED);
  }

  override async authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    throw new AuthenticationError('Streaming is off.', StatusCodes.UNAUTHORIZED);
  }

  override createConnectorFactory(): ConnectorFactory {
    return this.#factory;
  }

  override async createUserTokenClient(): Promise<UserTokenClient> {
    return this.#userTokens;
  }
}

class SharedConnectors extends ConnectorFactory {
  readonly #connectors: Connectors;

  constructor(connectors: Connectors) {
    super();
    this.#connectors = connectors;
  }

  override async create(serviceUrl: string): Promise<ConnectorClient> {
    return this.#connectors.at(serviceUrl);
  }
}

/** People's tokens are got on behalf of them, in memory; Microsoft's token store is not used. */
class NoUserTokens extends UserTokenClient {
  override getUserToken(): Promise<never> {
    return unused();
  }
  override getSignInResource(): Promise<never> {
    return unused();
  }
  override signOutUser(): Promise<never> {
    return unused();
  }
  override getTokenStatus(): Promise<never> {
    return unused();
  }
  override getAadTokens(): Promise<never> {
    return unused();
  }
  override exchangeToken(): Promise<never> {
    return unused();
  }
}

async function unused(): Promise<never> {
  throw new TypeError('The token store of the Bot Framework is not used.');
}
