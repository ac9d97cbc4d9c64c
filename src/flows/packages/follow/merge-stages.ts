import { minute } from '../../../base/clock.js';

/** A stage that somebody decided. Whoever it was may be unknown: then the texts are empty. */
export interface StageSeen {
  readonly result: 'approved' | 'denied';
  readonly byId: string;
  readonly byName: string;
  readonly at: string;
  readonly comment: string;
}

const unknown: StageSeen = { result: 'approved', byId: '', byName: '', at: '', comment: '' };

/** A stage opens only when the one before it was approved, so a later one tells of those before it. */
export function mergeStages(
  known: readonly StageSeen[],
  told: readonly StageSeen[],
  from = 0,
): readonly StageSeen[] {
  const length = told.length === 0 ? known.length : Math.max(known.length, from + told.length);
  return Array.from({ length }, (_, at) => richer(known[at], told[at - from]));
}

function richer(known: StageSeen | undefined, told: StageSeen | undefined): StageSeen {
  if (known === undefined || told === undefined) return known ?? told ?? unknown;
  if (known.byId === '') return told.byId === '' && known.at !== '' ? known : told;
  return known.comment === '' && told.byId === known.byId && told.comment !== '' ? told : known;
}

/** Two clocks of Entra write down the same decision. */
const sameWithin = 2 * minute;

/**
 * The audit log does not number the stages, comes late and is read in parts: what it tells is a decision that is known
 * already, one that came after all of those, or the missing name of one.
 */
export function mergeLog(known: readonly StageSeen[], log: readonly StageSeen[]): readonly StageSeen[] {
  return [...log].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).reduce(withDecision, known);
}

function withDecision(known: readonly StageSeen[], told: StageSeen): readonly StageSeen[] {
  const same = known.findIndex((stage) => isSame(stage, told));
  const nameless = known.findIndex(({ byId, result }) => byId === '' && result === told.result);
  const last = known.findLast(({ at }) => at !== '');
  const newest = last === undefined || Date.parse(told.at) > Date.parse(last.at);
  if (same >= 0) return known.map((stage, at) => (at === same ? richer(stage, told) : stage));
  if (nameless >= 0) return known.map((stage, at) => (at === nameless ? told : stage));
  // Nothing comes after a denial.
  return newest && last?.result !== 'denied' ? [...known, told] : known;
}

function isSame(stage: StageSeen, told: StageSeen): boolean {
  const apart = Math.abs(Date.parse(stage.at) - Date.parse(told.at));
  return stage.byId !== '' && stage.byId === told.byId && stage.result === told.result && apart <= sameWithin;
}
