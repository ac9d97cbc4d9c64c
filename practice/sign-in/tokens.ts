import jwt from 'jsonwebtoken';
import { stableId } from '../world/ids.js';
import { appId, type Person, tenantId } from '../world/people.js';
import { jwks, type SigningKey, type SigningKeys } from './keys.js';

export const botFrameworkAudience = 'https://api.botframework.com';
export const graphAudience = 'https://graph.microsoft.com';
/** With the slash at its end, as tokens name it. */
export const azureAudience = 'https://management.azure.com/';
export const graphAppId = '00000003-0000-0000-c000-000000000000';
export const teamsClientId = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346';
export const tokenSeconds = 3_600;

export type Claims = Readonly<Record<string, unknown>>;

/** What a token on behalf of somebody is for, and how they proved who they are. */
export interface Delegation {
  readonly audience: string;
  readonly scopes: readonly string[];
  /** Authentication contexts satisfied. */
  readonly acrs: readonly string[];
  /** What the caller can handle (`cp1`). */
  readonly capabilities: readonly string[];
}

export interface Tokens {
  /** A token for the bot's own app. What Teams hands over never has `acrs`; only a sign-in window gives them. */
  ssoToken(person: Person, acrs?: readonly string[]): string;
  /** What Teams puts on a call to the bot. */
  botFrameworkToken(claims: { readonly serviceUrl: string }): string;
  /** The bearer with which the bot calls the connector. */
  verifyAppToken(header: string | undefined): boolean;
  delegatedToken(person: Person, delegation: Delegation): string;
  /** The plainest one for Graph. */
  graphUserToken(person: Person, scopes: readonly string[]): string;
  idToken(person: Person, nonce?: string): string;
  appToken(audience: string, roles: readonly string[]): string;
  /** Claims of a token signed by this tenant that is in its time; otherwise why not. */
  read(
    token: string,
    audience: readonly string[],
  ): { readonly claims: Claims } | { readonly problem: string };
  channelJwks(): unknown;
  tenantJwks(): unknown;
}

// Every token is timed by the real clock, not the practice clock: the libraries that check them know no other.
export function createTokens({ tenant: tenantKey, channel: channelKey }: SigningKeys): Tokens {
  const sign = (key: SigningKey, issuer: string, audience: string, claims: object): string =>
    jwt.sign({ nbf: nowSeconds() - 60, ...claims }, key.privateKey, {
      algorithm: 'RS256',
      keyid: key.kid,
      issuer,
      audience,
      expiresIn: tokenSeconds,
    });

  const delegatedToken: Tokens['delegatedToken'] = (person, { audience, scopes, acrs, capabilities }) =>
    sign(tenantKey, v1Issuer(person.tenantId), audience, {
      ...personClaims(person, acrs),
      ver: '1.0',
      idtyp: 'user',
      appid: appId,
      scp: scopes.join(' '),
      ...(capabilities.length > 0 ? { xms_cc: capabilities } : {}),
    });
  const read: Tokens['read'] = (token, audience) => readWith(tenantKey, token, audience);
  return {
    ssoToken: (person, acrs = []) =>
      sign(tenantKey, v2Issuer(person.tenantId), appId, {
        ...personClaims(person, acrs),
        ver: '2.0',
        azp: teamsClientId,
        scp: 'access_as_user',
      }),
    botFrameworkToken: ({ serviceUrl }) =>
      sign(channelKey, botFrameworkAudience, appId, { serviceurl: serviceUrl }),
    verifyAppToken: (header) => {
      const found = read(bearerOf(header) ?? '', [botFrameworkAudience]);
      return 'claims' in found && found.claims.appid === appId;
    },
    delegatedToken,
    graphUserToken: (person, scopes) =>
      delegatedToken(person, { audience: graphAudience, scopes, acrs: [], capabilities: [] }),
    idToken: (person, nonce) =>
      sign(tenantKey, v2Issuer(person.tenantId), appId, {
        ...personClaims(person, []),
        ver: '2.0',
        ...(nonce ? { nonce } : {}),
      }),
    appToken: (audience, roles) =>
      sign(tenantKey, v1Issuer(tenantId), audience, {
        ver: '1.0',
        idtyp: 'app',
        appid: appId,
        oid: servicePrincipalId,
        sub: servicePrincipalId,
        tid: tenantId,
        ...(roles.length > 0 ? { roles } : {}),
      }),
    read,
    channelJwks: () => jwks(channelKey, { endorsements: ['msteams'] }),
    tenantJwks: () => jwks(tenantKey),
  };
}

export const servicePrincipalId = stableId('service principal of the bot');

export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
}

export function v1Issuer(tenant: string): string {
  return `https://sts.windows.net/${tenant}/`;
}

export function v2Issuer(tenant: string): string {
  return `https://login.microsoftonline.com/${tenant}/v2.0`;
}

function personClaims(person: Person, acrs: readonly string[]): object {
  return {
    tid: person.tenantId,
    oid: person.id,
    sub: stableId(`subject of ${person.id} for the bot`),
    name: person.displayName,
    preferred_username: person.userPrincipalName,
    upn: person.userPrincipalName,
    ...(acrs.length > 0 ? { acrs } : {}),
  };
}

function readWith(key: SigningKey, token: string, audience: readonly string[]): ReturnType<Tokens['read']> {
  const [first, ...others] = audience;
  try {
    const claims = jwt.verify(token, key.publicKey, {
      algorithms: ['RS256'],
      audience: [first ?? '', ...others],
    });
    return typeof claims === 'string' ? { problem: 'jwt malformed' } : { claims };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'jwt malformed' };
  }
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1_000);
}
