/** How the bot proves its own identity. */
export type AppCredential =
  | { readonly kind: 'certificate'; readonly file: string }
  | { readonly kind: 'federated'; readonly tokenFile: string }
  /** Without a client id: the identity assigned by the platform. */
  | { readonly kind: 'managed-identity'; readonly clientId?: string }
  | { readonly kind: 'secret'; readonly secret: string };

export interface IdentityConfig {
  readonly appId: string;
  readonly tenantId: string;
  /** `UserAssignedMSI`: the bot's app id is itself a managed identity. */
  readonly appType?: 'SingleTenant' | 'UserAssignedMSI';
  readonly credential: AppCredential;
  readonly signInUrl: string;
  /** The application id URI of the bot, which Teams names as audience in tokens of version 1. */
  readonly ssoResource: string;
}

export const publicSignIn = 'https://login.microsoftonline.com';
