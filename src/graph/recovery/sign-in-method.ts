import { z } from 'zod/v4';
import { id, text } from '../fields.js';
import { parseAs } from '../parse.js';
import { masked } from './masked.js';

export type MethodKind =
  | 'password'
  | 'passkey'
  | 'authenticator'
  | 'hello'
  | 'oath'
  | 'phone'
  | 'email'
  | 'platform'
  | 'pass'
  | 'external'
  | 'qr'
  | 'other';

/** A way in which somebody signs in. */
export interface SignInMethod {
  readonly id: string;
  readonly kind: MethodKind;
  /** What its owner or Entra calls it; of a number or an address only its ends, so that neither travels further. */
  readonly name: string;
  /** Empty where Entra does not say. */
  readonly createdAt: string;
  /** Which make of key it is; empty for everything but passkeys. */
  readonly aaguid: string;
  readonly model: string;
  readonly passkeyType: 'deviceBound' | 'synced' | '';
  /** mobile, alternateMobile or office. */
  readonly phoneType: string;
  /** Entra has a way to take it away. */
  readonly removable: boolean;
}

/** Entra removes a method only where methods of its kind are kept; of some kinds it removes none. */
export const collectionOf: Readonly<Partial<Record<MethodKind, string>>> = {
  passkey: 'fido2Methods',
  authenticator: 'microsoftAuthenticatorMethods',
  hello: 'windowsHelloForBusinessMethods',
  oath: 'softwareOathMethods',
  phone: 'phoneMethods',
  email: 'emailMethods',
  platform: 'platformCredentialMethods',
  pass: 'temporaryAccessPassMethods',
  external: 'externalAuthenticationMethods',
};

const kinds: Readonly<Record<string, MethodKind>> = {
  password: 'password',
  fido2: 'passkey',
  microsoftauthenticator: 'authenticator',
  windowshelloforbusiness: 'hello',
  softwareoath: 'oath',
  phone: 'phone',
  email: 'email',
  platformcredential: 'platform',
  temporaryaccesspass: 'pass',
  external: 'external',
  qrcodepin: 'qr',
};

function kindOf(type: string): MethodKind {
  const name = /^#?microsoft\.graph\.(\w+)authenticationmethod$/i.exec(type)?.[1] ?? '';
  return kinds[name.toLowerCase()] ?? 'other';
}

const passkeyTypes: Readonly<Record<string, SignInMethod['passkeyType']>> = {
  devicebound: 'deviceBound',
  synced: 'synced',
};

const methodShape = z
  .object({
    '@odata.type': text,
    id: z.string().min(1),
    createdDateTime: text,
    displayName: text,
    aaGuid: id,
    model: text,
    passkeyType: text,
    platform: text,
    phoneNumber: text,
    phoneType: text,
    emailAddress: text,
  })
  .transform((found): SignInMethod => {
    const kind = kindOf(found['@odata.type']);
    return {
      id: found.id,
      kind,
      name: found.displayName || masked(found.phoneNumber) || masked(found.emailAddress),
      createdAt: found.createdDateTime,
      aaguid: found.aaGuid ?? '',
      model: found.model || found.platform,
      passkeyType: kind === 'passkey' ? (passkeyTypes[found.passkeyType.toLowerCase()] ?? '') : '',
      phoneType: found.phoneType,
      removable: collectionOf[kind] !== undefined,
    };
  });

/** Not `microsoft.graph.`-typed as a whole: one list holds eleven kinds of entity. */
export const asSignInMethod = parseAs(methodShape, 'sign-in method');
