import { minute } from '../base/clock.js';
import type { AuditRow, AuditTarget } from '../graph/directory-audits.js';
import { dangerOf } from './activity-danger.js';
import { wordsFor } from './activity-words.js';
import { type Deed, type DeedLine, linesOf } from './deed-lines.js';

export interface RoleUse {
  readonly did: readonly DeedLine[];
  /** Everything that was read, and not what fits on a card. */
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

export interface Known {
  readonly pressed: readonly Pressed[];
  /** Whoever is in this group has more than others: who is in it matters. */
  readonly isGuarded: (groupId: string) => boolean;
}

/**
 * What one person did in a window, out of what the log of Entra has of them. Left out is what was written about the
 * activation itself, by Entra's own applications, and because of a press in this bot, which the record here holds.
 */
export function roleUse(rows: readonly AuditRow[], window: Window, { pressed, isGuarded }: Known): RoleUse {
  const theirs = rows.filter(
    (row) => isTheirs(row, window) && !isOwnActivation(row, window.personId) && !isPressed(row, pressed),
  );
  const deeds = withoutTwins(theirs).map(
    (row): Deed => ({
      at: row.at,
      what: wordsFor(row.activity),
      on: namesOf(row.targets),
      ok: row.ok,
      danger: dangerOf(row, isGuarded),
    }),
  );
  const done = deeds.filter(({ ok }) => ok).length;
  return { did: linesOf(deeds), done, failed: deeds.length - done };
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

function namesOf(targets: readonly AuditTarget[]): readonly string[] {
  const names = targets.filter(isThing).map(({ name, id }) => (name === '' ? id : name));
  return names.filter((name) => name !== '');
}
