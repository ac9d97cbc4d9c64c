import { createHash } from 'node:crypto';
import { z } from 'zod/v4';

const base = { id: z.string(), createdAt: z.string() };
const keyStrength = z.enum(['normal', 'weak', 'unknown']);

/** One way in that somebody has registered. Passes are kept apart: they have rules of their own. */
export const methodShape = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('password') }),
  z.object({
    ...base,
    kind: z.literal('fido2'),
    name: z.string(),
    aaguid: z.string(),
    model: z.string(),
    passkeyType: z.enum(['deviceBound', 'synced']),
    attested: z.boolean(),
  }),
  z.object({
    ...base,
    kind: z.literal('authenticator'),
    name: z.string(),
    deviceTag: z.string(),
    appVersion: z.string(),
  }),
  z.object({ ...base, kind: z.literal('hello'), name: z.string(), keyStrength }),
  z.object({ ...base, kind: z.literal('softwareOath') }),
  z.object({
    ...base,
    kind: z.literal('phone'),
    number: z.string(),
    phoneType: z.enum(['mobile', 'alternateMobile', 'office']),
  }),
  z.object({ ...base, kind: z.literal('email'), address: z.string() }),
  z.object({
    ...base,
    kind: z.literal('platform'),
    name: z.string(),
    keyStrength,
    platform: z.enum(['macOS', 'windows', 'linux', 'iOS', 'android']),
  }),
  z.object({ ...base, kind: z.literal('external'), name: z.string(), configurationId: z.string() }),
  z.object({ ...base, kind: z.literal('qr') }),
]);

export type Method = z.infer<typeof methodShape>;
export type MethodKind = Method['kind'];
export type MethodOf<K extends MethodKind> = Extract<Method, { kind: K }>;

/** The same for every person of every tenant. */
export const passwordId = '28c10230-6103-485e-b985-444c60001490';
export const emailId = '3ddfcfc8-9383-446f-83cc-3ab9be4be18f';
export const phoneIds = {
  mobile: '3179e48a-750b-4051-897c-87b9720928f7',
  alternateMobile: 'b6332ec1-7057-4abe-9331-3d72feddfe41',
  office: 'e37fc753-ff3b-4958-9484-eaa9425c82bc',
} as const;

/** What Entra writes as the model of a passkey it has seen attested, by AAGUID. */
const models: Readonly<Record<string, string>> = {
  '90a3ccdf-635c-4729-a248-9b709135078f': 'Microsoft Authenticator - iOS',
  'de1e552d-db1d-4423-a619-566b625cdc84': 'Microsoft Authenticator - Android',
  '2fc0579f-8113-47ea-b116-bb5a8db9202a': 'YubiKey 5 Series with NFC',
  'a25342c0-3cdc-4414-8e46-f4807fca511c': 'YubiKey 5 Series with NFC',
  'd7781e5d-e353-46aa-afe2-3ca49f13332a': 'YubiKey 5 Series with NFC',
  'ee882879-721c-4913-9775-3dfcce97072a': 'YubiKey 5 Series',
  '19083c3d-8383-4b18-bc03-8f1c9ab2fd1b': 'YubiKey 5 Series',
  'c5ef55ff-ad9a-4b9f-b580-adebafe026d0': 'YubiKey 5 Series with Lightning',
};

export function modelNamed(aaguid: string): string {
  return models[aaguid.toLowerCase()] ?? '';
}

/** Ids of passkeys are no GUIDs: text of base64url, with `-` and `_` in it. */
export function passkeyId(name: string): string {
  return createHash('sha256').update(`practice passkey: ${name}`).digest('base64url').slice(0, 24);
}

/** A second factor that can be somebody's default. */
export const preferences = [
  ...(['push', 'oath', 'sms', 'voiceMobile', 'voiceAlternateMobile', 'voiceOffice', 'none'] as const),
] as const;
export type Preference = (typeof preferences)[number];

/** The one that Entra would take if nobody chose. */
export function preferenceOf(method: Method): Preference {
  if (method.kind === 'authenticator') return 'push';
  if (method.kind === 'softwareOath') return 'oath';
  if (method.kind !== 'phone') return 'none';
  return phonePreference[method.phoneType];
}

const phonePreference = {
  mobile: 'sms',
  alternateMobile: 'voiceAlternateMobile',
  office: 'voiceOffice',
} as const;

/** Passkeys and Windows Hello prove somebody by themselves; these come after a password. */
export function secondFactors(methods: readonly Method[]): readonly Method[] {
  return methods.filter((method) => preferenceOf(method) !== 'none');
}

/** The method behind a preference: the oldest that fits. */
export function defaultMethod(
  methods: readonly Method[],
  preferred: Preference | undefined,
): Method | undefined {
  const able = secondFactors(methods);
  return able.find((method) => fits(method, preferred)) ?? able[0];
}

export function fits(method: Method, preferred: Preference | undefined): boolean {
  if (preferred === 'voiceMobile') return method.kind === 'phone' && method.phoneType === 'mobile';
  return preferenceOf(method) === preferred;
}

/** What the report of registrations says: each kind once, however many somebody has, and no password. */
export function registeredNames(methods: readonly Method[]): readonly string[] {
  return [...new Set(methods.map(registeredAs))].filter((name) => name !== '');
}

function registeredAs(method: Method): string {
  if (method.kind === 'phone') return phoneNames[method.phoneType];
  if (method.kind !== 'fido2') return reportNames[method.kind];
  if (method.passkeyType === 'synced') return 'passKeySynced';
  return method.model.startsWith('Microsoft Authenticator')
    ? 'passKeyDeviceBoundAuthenticator'
    : 'passKeyDeviceBound';
}

const phoneNames = {
  mobile: 'mobilePhone',
  alternateMobile: 'alternateMobilePhone',
  office: 'officePhone',
} as const;
const reportNames = {
  password: '',
  authenticator: 'microsoftAuthenticatorPush',
  hello: 'windowsHelloForBusiness',
  softwareOath: 'softwareOneTimePasscode',
  email: 'email',
  platform: 'macOsSecureEnclaveKey',
  external: 'externalAuthMethod',
  qr: 'qrCodePin',
} as const;
