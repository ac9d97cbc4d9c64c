import type { AuditRow } from '../../../graph/directory-audits.js';

export type Happened = 'added' | 'removed' | 'changed';

/** A way to sign in that somebody added, took away or changed, as far as one line of the log tells it. */
export interface MethodChange {
  /** Of the line: the same whenever it is read again. */
  readonly id: string;
  readonly person: string;
  readonly personName: string;
  readonly happened: Happened;
  /** In words for people, such as `a passkey or security key`. */
  readonly what: string;
  readonly isPass: boolean;
  /** Empty: no person did it. */
  readonly byId: string;
  /** Of a person or an application; empty: Entra does not say. */
  readonly byName: string;
  readonly ip: string;
  readonly at: number;
}

/** Looked at, begun, given up or summed up: nothing has changed by these. */
const noChange =
  /\b(started|begin|began|reviewed|cancell?ed|viewed|all required|attempt\w*|notif\w*|policy)\b/i;

/** The first that fits is meant: “changed default” and “deleted” stand beside “security info registered”. */
const happenings: readonly (readonly [RegExp, Happened])[] = [
  [/\b(deleted?|removed?|unregister(ed)?|revoked?)\b/i, 'removed'],
  [/\b(chang(ed?|ing)|updated?|reset|enabled?|disabled?)\b/i, 'changed'],
  [/\b(registere?d?|add(ed)?|created?|restored?)\b/i, 'added'],
];

/** The words of the log, which differ from those of the lists. The first that fits is meant. */
const things: readonly (readonly [RegExp, string])[] = [
  [/temporary access pass|\bTAP\b/i, 'a pass to sign in'],
  [/fido2?|passkey|security key/i, 'a passkey or security key'],
  [/hello/i, 'Windows Hello'],
  [/platform credential|secure enclave/i, 'the sign-in of a computer'],
  [/\bdefault\b/i, 'what you are asked for first'],
  [/authenticator app with (notification|push)|microsoft authenticator/i, 'Microsoft Authenticator'],
  [/authenticator app|software|oath|\bcode\b/i, 'codes from an app'],
  [/alternate mobile/i, 'a second mobile number'],
  [/mobile/i, 'a mobile number'],
  [/office/i, 'an office phone number'],
  [/phone/i, 'a phone number'],
  [/e-?mail/i, 'a mail address'],
  [/question/i, 'security questions'],
  [/external/i, 'the sign-in of another provider'],
  [/qr code/i, 'a QR code with PIN'],
  [/app password/i, 'an app password'],
  [/password/i, 'the password'],
];

/** Undefined: the line tells of no change to how somebody signs in. */
export function changeIn(row: AuditRow): MethodChange | undefined {
  const owner = row.targets.find(({ type, id }) => type === 'User' && id !== '');
  if (!row.ok || owner === undefined || noChange.test(row.activity)) return undefined;
  const happened = happenings.find(([words]) => words.test(row.activity))?.[1];
  const at = Date.parse(row.at);
  if (happened === undefined || Number.isNaN(at)) return undefined;
  const said = `${row.reason} ${row.activity}`;
  const what = things.find(([words]) => words.test(said))?.[1] ?? 'a way to sign in';
  return {
    id: row.id,
    person: owner.id,
    personName: owner.name,
    happened,
    what,
    isPass: things[0]?.[0].test(said) === true,
    byId: row.by?.id ?? '',
    byName: row.by?.name ?? row.byApp,
    ip: row.byIp ?? row.details.ipaddr ?? '',
    at,
  };
}
