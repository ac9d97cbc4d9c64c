import { newId } from '../ids.js';
import { emailId, type Method, type MethodKind, modelNamed, passkeyId, phoneIds } from './methods.js';

type Wish<K extends MethodKind, T> = { readonly kind: K } & T;

/** What somebody chose to register; Entra adds the rest. */
export type MethodWish =
  | Wish<
      'fido2',
      {
        readonly name: string;
        readonly aaguid: string;
        readonly type: 'deviceBound' | 'synced';
        readonly model?: string | undefined;
      }
    >
  | Wish<'authenticator', { readonly name: string; readonly appVersion: string }>
  | Wish<'hello' | 'external', { readonly name: string }>
  | Wish<'softwareOath' | 'qr', object>
  | Wish<'phone', { readonly number: string; readonly phoneType: keyof typeof phoneIds }>
  | Wish<'email', { readonly address: string }>
  | Wish<
      'platform',
      { readonly name: string; readonly platform: 'macOS' | 'windows' | 'linux' | 'iOS' | 'android' }
    >;

export function methodFrom(wish: MethodWish, createdAt: string): Method {
  const base = { id: idFor(wish), createdAt };
  switch (wish.kind) {
    case 'fido2': {
      const { kind, name, type: passkeyType } = wish;
      const aaguid = wish.aaguid.toLowerCase();
      const model = wish.model ?? modelNamed(aaguid);
      return { ...base, kind, name, aaguid, model, passkeyType, attested: passkeyType === 'deviceBound' };
    }
    case 'authenticator':
      return { ...base, ...wish, deviceTag: 'SoftwareTokenActivated' };
    case 'hello':
      return { ...base, kind: 'hello', name: wish.name, keyStrength: 'normal' };
    case 'platform':
      return { ...base, ...wish, keyStrength: 'normal' };
    case 'external':
      return { ...base, kind: 'external', name: wish.name, configurationId: newId() };
    case 'softwareOath':
      return { ...base, kind: 'softwareOath' };
    case 'qr':
      return { ...base, kind: 'qr' };
    case 'phone':
      return { ...base, ...wish };
    case 'email':
      return { ...base, ...wish };
  }
}

function idFor(wish: MethodWish): string {
  if (wish.kind === 'phone') return phoneIds[wish.phoneType];
  if (wish.kind === 'email') return emailId;
  return wish.kind === 'fido2' ? passkeyId(newId()) : newId();
}
