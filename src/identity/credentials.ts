import { readFile } from 'node:fs/promises';
import {
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  OnBehalfOfCredential,
  type TokenCredential,
} from '@azure/identity';
import type { IdentityConfig } from './identity-config.js';
import type { ServiceOptions } from './token-service.js';

/** Every kind of credential, for both things the bot needs tokens for. Nothing here is cached: the callers do that. */
export interface Credentials {
  /** The bot in its own name. */
  asApp(): TokenCredential;
  /** The bot in the name of the person whose assertion this is. */
  onBehalfOf(assertion: string): TokenCredential;
}

export function createCredentials(config: IdentityConfig, options: ServiceOptions): Credentials {
  return {
    asApp: () => appCredential(config, options),
    onBehalfOf: (assertion) => personCredential(config, options, assertion),
  };
}

function appCredential(config: IdentityConfig, options: ServiceOptions): TokenCredential {
  const { tenantId, appId, credential } = config;
  if (config.appType === 'UserAssignedMSI') return new ManagedIdentityCredential({ clientId: appId });
  switch (credential.kind) {
    case 'secret':
      return new ClientSecretCredential(tenantId, appId, credential.secret, options);
    case 'certificate':
      return new ClientCertificateCredential(tenantId, appId, credential.file, options);
    case 'federated':
    case 'managed-identity':
      return new ClientAssertionCredential(tenantId, appId, assertionSource(config), options);
  }
}

/** Goes with the person's assertion: the proof that it is the bot that hands it in. */
function personCredential(
  config: IdentityConfig,
  options: ServiceOptions,
  userAssertionToken: string,
): TokenCredential {
  const { tenantId, appId: clientId, credential } = config;
  const both = { tenantId, clientId, userAssertionToken, ...options };
  switch (credential.kind) {
    case 'secret':
      return new OnBehalfOfCredential({ ...both, clientSecret: credential.secret });
    case 'certificate':
      return new OnBehalfOfCredential({ ...both, certificatePath: credential.file });
    case 'federated':
    case 'managed-identity':
      return new OnBehalfOfCredential({ ...both, getAssertion: assertionSource(config) });
  }
}

/** A token of the platform in place of a secret: read anew each time, because the platform renews it. */
export function assertionSource({ credential, appId, appType }: IdentityConfig): () => Promise<string> {
  if (credential.kind === 'federated')
    return async () => (await readFile(credential.tokenFile, 'utf8')).trim();
  const named = credential.kind === 'managed-identity' ? credential.clientId : undefined;
  const clientId = named ?? (appType === 'UserAssignedMSI' ? appId : undefined);
  const identity = new ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
  return async () => (await identity.getToken('api://AzureADTokenExchange/.default')).token;
}
