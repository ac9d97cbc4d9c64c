import type { AuditActor, AuditTarget } from '../audits.js';
import { newId } from '../ids.js';
import type { Person } from '../people.js';
import type { Method } from './methods.js';
import type { Logged } from './outcome.js';

const service = 'Authentication Methods';
const category = 'UserManagement';

export interface SecurityInfo {
  readonly change: 'registered' | 'deleted' | 'changed default';
  /** The method in the words of the log. */
  readonly what: string;
  readonly about: Person;
  readonly by: AuditActor;
  readonly at: string;
}

/** "User registered security info", or "Admin …" when somebody else did it. */
export function securityInfoRow({ change, what, about, by, at }: SecurityInfo): Logged {
  const own = by.kind === 'user' && by.id === about.id;
  const who = own ? 'User' : 'Admin';
  return {
    activity: `${who} ${change} security info`,
    at,
    category,
    service,
    result: 'success',
    reason: own ? `${who} ${change} ${what}` : `${who} ${change} ${what} for user`,
    by,
    targets: [target(about)],
    details: [],
    correlationId: newId(),
  };
}

/** A change that the directory itself logs, with what it was before and what it is now. */
export function directoryRow(
  activity: string,
  {
    about,
    by,
    at,
    changed,
    also = [],
  }: {
    readonly about: Person;
    readonly by: AuditActor;
    readonly at: string;
    readonly changed: NonNullable<AuditTarget['changed']>;
    readonly also?: readonly AuditTarget[];
  },
): Logged {
  return {
    activity,
    at,
    category,
    service: 'Core Directory',
    result: 'success',
    reason: '',
    by,
    targets: [{ ...target(about), changed }, ...also],
    details: [],
    correlationId: newId(),
  };
}

export function target({ id, displayName: name, userPrincipalName }: Person): AuditTarget {
  return { id, name, type: 'User', userPrincipalName };
}

export function methodWords(method: Method): string {
  return method.kind === 'phone' ? phoneWords[method.phoneType] : words[method.kind];
}

export const passWords = 'temporary access pass method';

const phoneWords = {
  mobile: 'mobile phone method',
  alternateMobile: 'alternate mobile phone method',
  office: 'office phone method',
};
const words = {
  password: 'password',
  fido2: 'Fido2 authentication method',
  authenticator: 'Authenticator App with Notification and Code',
  hello: 'Windows Hello for Business',
  softwareOath: 'Authenticator App with Code',
  email: 'email method',
  platform: 'platform credential',
  external: 'external authentication method',
  qr: 'QR code',
};
