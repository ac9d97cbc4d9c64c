import type { MethodKind } from '../../world/recovery/methods.js';
import type { Access } from '../caller.js';

/** The middle of `UserAuthMethod-….ReadWrite.All`, by kind. */
const families: Readonly<Record<MethodKind | 'pass', string>> = {
  password: 'Password',
  fido2: 'Passkey',
  authenticator: 'MicrosoftAuthApp',
  hello: 'WindowsHello',
  softwareOath: 'SoftwareOATH',
  phone: 'Phone',
  email: 'Email',
  platform: 'PlatformCred',
  external: 'External',
  qr: 'QR',
  pass: 'TAP',
};
const umbrella = 'UserAuthenticationMethod';

export const allMethods: Access = {
  delegated: levels(umbrella, ['Read', 'Read.All', 'ReadWrite', 'ReadWrite.All']),
  application: levels(umbrella, ['Read.All', 'ReadWrite.All']),
};

export function readMethod(kind: MethodKind | 'pass'): Access {
  const own = `UserAuthMethod-${families[kind]}`;
  const all = ['Read', 'Read.All', 'ReadWrite', 'ReadWrite.All'];
  const others = ['Read.All', 'ReadWrite.All'];
  return {
    delegated: [...levels(own, all), ...allMethods.delegated],
    application: [...levels(own, others), ...allMethods.application],
  };
}

export function writeMethod(kind: MethodKind | 'pass'): Access {
  const own = `UserAuthMethod-${families[kind]}`;
  return {
    delegated: [own, umbrella].flatMap((name) => levels(name, ['ReadWrite', 'ReadWrite.All'])),
    application: [own, umbrella].flatMap((name) => levels(name, ['ReadWrite.All'])),
  };
}

/** Nobody makes a pass for themselves, so the scopes that are about oneself do not open this. */
export const createPass: Access = both(['UserAuthMethod-TAP.ReadWrite.All', `${umbrella}.ReadWrite.All`]);

export const readPolicy: Access = both([
  'Policy.Read.AuthenticationMethod',
  'Policy.ReadWrite.AuthenticationMethod',
  'Policy.Read.All',
]);
export const writePolicy: Access = both(['Policy.ReadWrite.AuthenticationMethod']);

export const revoke: Access = both([
  'User.RevokeSessions.All',
  'User.ReadWrite.All',
  'Directory.ReadWrite.All',
]);

/** Unlike the audit log, these have no other permission that would do. */
export const reports: Access = both(['AuditLog.Read.All']);

function levels(name: string, all: readonly string[]): readonly string[] {
  return all.map((level) => `${name}.${level}`);
}

function both(permissions: readonly string[]): Access {
  return { delegated: permissions, application: permissions };
}
