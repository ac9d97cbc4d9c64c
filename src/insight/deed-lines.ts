import { type Danger, dangers } from './activity-danger.js';

/** One thing that somebody did, or tried to do. */
export interface Deed {
  readonly at: string;
  readonly what: string;
  readonly on: readonly string[];
  readonly ok: boolean;
  readonly danger: Danger;
}

/** The same thing done once or many times. */
export interface DeedLine {
  /** The first time, and the last. */
  readonly at: string;
  readonly lastAt: string;
  readonly what: string;
  /** On what, or empty. */
  readonly on: string;
  readonly ok: boolean;
  readonly times: number;
  readonly danger: Danger;
}

/** Many harmless deeds are one line, so they hide nothing. */
export function linesOf(deeds: readonly Deed[]): readonly DeedLine[] {
  const alike = new Map<string, Deed[]>();
  for (const deed of deeds.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))) {
    const key = keyOf(deed);
    const same = alike.get(key);
    if (same === undefined) alike.set(key, [deed]);
    else same.push(deed);
  }
  return [...alike.values()].flatMap(lineOf);
}

/** The most dangerous first, and of two that are alike the newer one counts; told in the order of their time. */
export function mostTelling(lines: readonly DeedLine[], atMost: number): readonly DeedLine[] {
  return lines
    .toSorted((one, other) => byDanger(one, other) || Date.parse(other.lastAt) - Date.parse(one.lastAt))
    .slice(0, atMost)
    .sort((one, other) => byDanger(one, other) || Date.parse(one.at) - Date.parse(other.at));
}

function keyOf({ what, ok, danger }: Deed): string {
  return `${danger} ${ok} ${what}`;
}

function lineOf(same: readonly Deed[]): readonly DeedLine[] {
  const [first] = same;
  const last = same.at(-1);
  if (first === undefined || last === undefined) return [];
  const { at, what, ok, danger } = first;
  const on = objectsOf(same.flatMap((deed) => deed.on));
  return [{ at, lastAt: last.at, what, on, ok, times: same.length, danger }];
}

const namesAtMost = 3;

function objectsOf(names: readonly string[]): string {
  const known = [...new Set(names)];
  const more =
    known.length > namesAtMost ? [`${(known.length - namesAtMost).toLocaleString('en')} more`] : [];
  return [...known.slice(0, namesAtMost), ...more].join(', ');
}

function byDanger(one: DeedLine, other: DeedLine): number {
  return dangers.indexOf(one.danger) - dangers.indexOf(other.danger);
}
