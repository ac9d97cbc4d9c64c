import { minute } from '../base/clock.js';
import type { AuditRow, AuditTarget } from '../graph/directory-audits.js';

/** One thing that somebody did, or tried to do. */
export interface Deed {
  readonly at: string;
  readonly what: string;
  /** On what, or empty. */
  readonly on: string;
  readonly ok: boolean;
}

export interface RoleUse {
  /** Newest last. */
  readonly did: readonly Deed[];
  readonly done: number;
  readonly failed: number;
}

/** What was pressed here: Entra's log has the same reference. */
export interface Pressed {
  readonly reference: string;
  readonly from: number;
  readonly to: number;
}

export interface Window {
  readonly personId: string;
  readonly from: Date;
  readonly to: Date;
}

/**
 * What one person did in a window, out of what the log of Entra has of them. Left out is what was written about the
 * activation itself, by Entra's own applications, and because of a press in this bot, which the record here holds.
 */
export function roleUse(rows: readonly AuditRow[], window: Window, pressed: readonly Pressed[]): RoleUse {
  const theirs = rows.filter(
    (row) => isTheirs(row, window) && !isOwnActivation(row, window.personId) && !isPressed(row, pressed),
  );
  const did = [...withoutTwins(theirs)]
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .map(
      (row): Deed => ({ at: row.at, what: wordsFor(row.activity), on: objectsOf(row.targets), ok: row.ok }),
    );
  const done = did.filter(({ ok }) => ok).length;
  return { did, done, failed: did.length - done };
}

function isTheirs({ by, at }: AuditRow, { personId, from, to }: Window): boolean {
  const time = Date.parse(at);
  return by?.id.toLowerCase() === personId.toLowerCase() && time >= from.getTime() && time <= to.getTime();
}

const pimServices = ['pim', 'privileged identity management'];

function isPim({ service }: AuditRow): boolean {
  return pimServices.includes(service.toLowerCase());
}

/** Giving roles to others with it is use, and the most dangerous one. */
function isOwnActivation(row: AuditRow, personId: string): boolean {
  if (!isPim(row) || !/\(PIM (activation|deactivat)/i.test(row.activity)) return false;
  const people = row.targets.filter(({ type }) => type.toLowerCase() === 'user');
  return people.length === 0 || people.some(({ id }) => id.toLowerCase() === personId.toLowerCase());
}

/** The log lags behind by minutes, and shows the reference to those who may read it: later it proves nothing. */
function isPressed({ correlationId, at }: AuditRow, pressed: readonly Pressed[]): boolean {
  const time = Date.parse(at);
  return pressed.some(
    ({ reference, from, to }) =>
      reference !== '' &&
      reference.toLowerCase() === correlationId.toLowerCase() &&
      time >= from - minute &&
      time <= to + minute,
  );
}

/** Pages overlap while the log grows; and role management writes that something was asked for, and that it is done. */
function withoutTwins(rows: readonly AuditRow[]): readonly AuditRow[] {
  const once = [...new Map(rows.map((row) => [row.id, row])).values()];
  const completed = new Set(once.filter(({ activity }) => /\bcompleted\b/i.test(activity)).map(stepKey));
  return once.filter(
    (row) => !(isPim(row) && /\brequested\b/i.test(row.activity) && completed.has(stepKey(row))),
  );
}

function stepKey({ correlationId, activity, targets }: AuditRow): string {
  const step = activity.toLowerCase().replace(/\b(requested|completed)\b/, '');
  const on = targets.filter(isThing).map(({ id }) => id.toLowerCase());
  return [correlationId, step, ...on.sort()].join('|');
}

function isThing({ type }: AuditTarget): boolean {
  return type.toLowerCase() !== 'request';
}

const namesAtMost = 3;

function objectsOf(targets: readonly AuditTarget[]): string {
  const names = targets.filter(isThing).map(({ name, id }) => (name === '' ? id : name));
  const known = [...new Set(names.filter((name) => name !== ''))];
  const more = known.length > namesAtMost ? [`${known.length - namesAtMost} more`] : [];
  return [...known.slice(0, namesAtMost), ...more].join(', ');
}

/** What administrators do most; everything else is told in the log's own words. */
const plainWords: Readonly<Record<string, string>> = {
  'add user': 'added a user',
  'update user': 'changed a user',
  'delete user': 'deleted a user',
  'restore user': 'brought a deleted user back',
  'invite external user': 'invited a guest',
  'disable account': 'blocked a user from signing in',
  'enable account': 'let a user sign in again',
  'reset user password': 'reset a password',
  'reset password (by admin)': 'reset a password',
  'change user license': 'changed the licences of a user',
  'admin registered security info': 'added a sign-in method for a user',
  'admin deleted security info': 'removed a sign-in method of a user',
  'update stsrefreshtokenvalidfrom timestamp': 'signed a user out everywhere',
  'add group': 'added a group',
  'update group': 'changed a group',
  'delete group': 'deleted a group',
  'add member to group': 'added a member to a group',
  'remove member from group': 'removed a member from a group',
  'add owner to group': 'added an owner to a group',
  'remove owner from group': 'removed an owner from a group',
  'add member to role': 'gave somebody a role',
  'remove member from role': 'took a role from somebody',
  'add eligible member to role': 'made somebody eligible for a role',
  'remove eligible member from role': 'ended that somebody is eligible for a role',
  'add application': 'registered an application',
  'update application': 'changed an application',
  'delete application': 'deleted an application',
  'update application - certificates and secrets management': 'changed the secrets of an application',
  'add owner to application': 'added an owner to an application',
  'add service principal': 'added an enterprise application',
  'update service principal': 'changed an enterprise application',
  'remove service principal': 'removed an enterprise application',
  'add service principal credentials': 'added a secret to an enterprise application',
  'add owner to service principal': 'added an owner to an enterprise application',
  'add app role assignment to service principal': 'gave an application a permission',
  'add app role assignment grant to user': 'gave a user access to an application',
  'add delegated permission grant': 'let an application act for users',
  'consent to application': 'agreed to what an application may do',
  'add policy': 'added a policy',
  'update policy': 'changed a policy',
  'delete policy': 'deleted a policy',
  'add conditional access policy': 'added a Conditional Access policy',
  'update conditional access policy': 'changed a Conditional Access policy',
  'delete conditional access policy': 'deleted a Conditional Access policy',
  'update role setting in pim': 'changed the rules of a role',
  'add device': 'added a device',
  'update device': 'changed a device',
  'delete device': 'deleted a device',
  'set company information': 'changed settings of the organisation',
};

function wordsFor(activity: string): string {
  const key = activity.toLowerCase().replace(/[–—]/g, '-').replace(/\s+/g, ' ').trim();
  return Object.hasOwn(plainWords, key) ? (plainWords[key] ?? activity) : activity.trim();
}
