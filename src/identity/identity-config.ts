import type { Credential } from '../base/config.js';

export interface IdentityConfig {
  readonly appId: string;
  readonly tenantId: string;
  /** `UserAssignedMSI`: the bot's app id is itself a managed identity. */
  readonly appType?: 'SingleTenant' | 'UserAssignedMSI';
  readonly credential: Credential;
  readonly signInUrl: string;
  /** The application id URI of the bot, which Teams names as audience in tokens of version 1. */
  readonly ssoResource: string;
}

export const publicSignIn = 'https://login.microsoftonline.com';
