import { minute, second } from '../../../base/clock.js';
import type { AuditRow } from '../../../graph/directory-audits.js';
import type { StageSeen } from './merge-stages.js';

/** Entra tells the bot of an earlier stage in its log only, and that may take a quarter of an hour. */
export const logHidesFor = 20 * minute;

const results: Readonly<Record<string, StageSeen['result'] | 'either'>> = {
  'approval stage completed for access package assignment request': 'either',
  'approve access package assignment request': 'approved',
  'deny access package assignment request': 'denied',
};

/** One decision may leave two lines, written one right after the other. */
const twinsWithin = 10 * second;

interface Line extends StageSeen {
  readonly requestId: string;
  readonly activity: string;
}

/** By request, the decisions that the log tells of, oldest first. */
export function decisionsIn(rows: readonly AuditRow[]): ReadonlyMap<string, readonly StageSeen[]> {
  const lines = [...rows].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).flatMap(linesOf);
  const decisions = new Map<string, readonly Line[]>();
  for (const line of lines) {
    const before = decisions.get(line.requestId) ?? [];
    const twin = before.find((other) => isTwin(other, line));
    if (twin === undefined) decisions.set(line.requestId, [...before, line]);
    else
      decisions.set(
        line.requestId,
        before.map((other) => (other === twin ? joined(other, line) : other)),
      );
  }
  return new Map([...decisions].map(([id, found]) => [id, found.map(plain)]));
}

/** Ids of every object a line is about: which of them is the request is known by whoever asks. */
function linesOf(row: AuditRow): readonly Line[] {
  const activity = row.activity.trim().toLowerCase();
  const result = Object.hasOwn(results, activity) ? results[activity] : undefined;
  // What a service writes by itself is no decision of anybody: it follows from one, or from the clock.
  if (result === undefined || !row.ok || row.by === undefined) return [];
  const { id: byId, name: byName } = row.by;
  const said = result === 'either' ? resultIn(row) : result;
  return idsIn(row).map((requestId) => ({
    requestId,
    activity,
    result: said,
    byId,
    byName,
    at: row.at,
    comment: row.reason,
  }));
}

function idsIn({ targets, details }: AuditRow): readonly string[] {
  const ids = [...targets.map(({ id }) => id), ...Object.values(details).map((value) => value.toLowerCase())];
  return [...new Set(ids)].filter((id) => /^[0-9a-f-]{36}$/.test(id));
}

/** A completed stage says in its details how; where it does not, a denial has a line of its own. */
function resultIn({ details }: AuditRow): StageSeen['result'] {
  const said = Object.entries(details).filter(([key]) => /result|decision|outcome/i.test(key));
  return said.some(([, value]) => /^den(y|ied)$/i.test(value)) ? 'denied' : 'approved';
}

function isTwin(a: Line, b: Line): boolean {
  const apart = Math.abs(Date.parse(a.at) - Date.parse(b.at));
  return a.byId === b.byId && a.activity !== b.activity && apart <= twinsWithin;
}

function joined(a: Line, b: Line): Line {
  const result = a.result === 'denied' || b.result === 'denied' ? 'denied' : 'approved';
  return {
    ...a,
    activity: `${a.activity}+${b.activity}`,
    result,
    comment: a.comment === '' ? b.comment : a.comment,
  };
}

function plain({ result, byId, byName, at, comment }: Line): StageSeen {
  return { result, byId, byName, at, comment };
}
