import { z } from 'zod/v4';
import { day } from '../../../base/clock.js';
import type { RedFlag } from '../../../policy/policy.js';

/** In the order in which cards show them. */
export const flagNames = [
  'manager-changed',
  'risky-sign-in',
  'method-changed',
  'new-location',
  'repeated',
  'opened-by-other',
] as const satisfies readonly RedFlag[];

const flagName = z.enum(flagNames);

const flagShape = z.object({
  name: flagName,
  /** ISO; when what it tells of happened. */
  at: z.string(),
  /** What exactly, where that helps: a method, a country, how many. Empty: the name says it. */
  detail: z.string(),
});

/** A case keeps what was found when it was opened; it has none until then. */
export const flagsShape = z.object({
  readAt: z.number(),
  found: z.array(flagShape),
  /** What Entra did not tell just now. It is not known to be all right. */
  unread: z.array(flagName),
});

export type Flag = z.infer<typeof flagShape>;
export type Flags = z.infer<typeof flagsShape>;

/** What the signs are looked for in. Undefined: it could not be read. */
export interface FlagFacts {
  readonly now: number;
  readonly subject: string;
  readonly openedBy: string;
  readonly starter: boolean;
  readonly openedAt: number;
  readonly lookBack: number;
  /** Of the manager, within the time that counts. */
  readonly managerChangedAt: Date | 'not' | undefined;
  readonly signIns: readonly SeenSignIn[] | undefined;
  readonly methods: readonly SeenMethod[] | undefined;
  /** When earlier cases of the same person were opened. */
  readonly earlier: readonly number[];
}

interface SeenSignIn {
  readonly at: string;
  readonly country: string;
  readonly city: string;
  readonly ok: boolean;
  readonly risk: string;
  readonly riskState: string;
}

interface SeenMethod {
  readonly kind: string;
  readonly name: string;
  readonly createdAt: string;
}

export function flagsFrom(facts: FlagFacts): Flags {
  const found = [
    ...managerChanged(facts),
    ...riskySignIn(facts),
    ...methodChanged(facts),
    ...newLocation(facts),
    ...repeated(facts),
    ...openedByOther(facts),
  ];
  const unread: RedFlag[] = [];
  if (facts.managerChangedAt === undefined) unread.push('manager-changed');
  if (facts.signIns === undefined) unread.push('risky-sign-in', 'new-location');
  else if (isRiskHidden(facts.signIns)) unread.push('risky-sign-in');
  if (facts.methods === undefined) unread.push('method-changed');
  return { readAt: facts.now, found, unread };
}

/** Signs that stop the pass: those that are there, and those that nobody could look for. */
export function blocking(
  block: readonly RedFlag[],
  { found, unread }: Flags,
): { readonly found: readonly Flag[]; readonly unread: readonly RedFlag[] } {
  return {
    found: found.filter(({ name }) => block.includes(name)),
    unread: unread.filter((name) => block.includes(name)),
  };
}

function managerChanged({ managerChangedAt: at }: FlagFacts): readonly Flag[] {
  return at instanceof Date ? [{ name: 'manager-changed', at: at.toISOString(), detail: '' }] : [];
}

const settledRisk = ['remediated', 'dismissed', 'confirmedsafe'];

function riskySignIn({ signIns = [] }: FlagFacts): readonly Flag[] {
  const risky = newest(signIns.filter(isRisky));
  return risky === undefined ? [] : [{ name: 'risky-sign-in', at: risky.at, detail: placeOf(risky) }];
}

/** Without the licence for it Entra says of each sign-in that it does not tell. */
function isRiskHidden(signIns: readonly SeenSignIn[]): boolean {
  return signIns.some((each) => each.risk.toLowerCase() === 'hidden') && !signIns.some(isRisky);
}

/** Blocked ones count too: somebody knew enough to try. */
function isRisky({ risk, riskState }: SeenSignIn): boolean {
  const state = riskState.toLowerCase();
  if (state === 'confirmedcompromised' || state === 'atrisk') return true;
  return ['medium', 'high'].includes(risk.toLowerCase()) && !settledRisk.includes(state);
}

/** What somebody who has the account in their hands does first. Whoever starts gets a password on the way in. */
function methodChanged({ methods = [], now, lookBack, starter }: FlagFacts): readonly Flag[] {
  const late = methods.filter(({ kind, createdAt }) => {
    if (kind === 'pass' || (starter && kind === 'password')) return false;
    return createdAt !== '' && Date.parse(createdAt) >= now - lookBack;
  });
  const last = newest(late.map((method) => ({ ...method, at: method.createdAt })));
  if (last === undefined) return [];
  return [{ name: 'method-changed', at: last.at, detail: last.kind === 'password' ? 'password' : last.name }];
}

const latelyMs = 3 * day;

/** A country in which they were in the last days, and never before. A city says nothing: phones move. */
function newLocation({ signIns = [], openedAt }: FlagFacts): readonly Flag[] {
  const good = signIns.filter(({ ok, country }) => ok && country !== '');
  const isLate = ({ at }: SeenSignIn): boolean => Date.parse(at) >= openedAt - latelyMs;
  const known = new Set(good.filter((each) => !isLate(each)).map(({ country }) => country));
  if (known.size === 0) return [];
  const found = newest(good.filter((each) => isLate(each) && !known.has(each.country)));
  return found === undefined ? [] : [{ name: 'new-location', at: found.at, detail: placeOf(found) }];
}

function repeated({ earlier }: FlagFacts): readonly Flag[] {
  if (earlier.length === 0) return [];
  const at = new Date(Math.max(...earlier)).toISOString();
  return [{ name: 'repeated', at, detail: String(earlier.length) }];
}

/** Nobody can open their own case before their first day. */
function openedByOther({ subject, openedBy, openedAt, starter }: FlagFacts): readonly Flag[] {
  if (starter || subject === openedBy) return [];
  return [{ name: 'opened-by-other', at: new Date(openedAt).toISOString(), detail: '' }];
}

function placeOf({ city, country }: SeenSignIn): string {
  return [city, country].filter((part) => part !== '').join(', ');
}

function newest<Seen extends { readonly at: string }>(all: readonly Seen[]): Seen | undefined {
  return all.reduce<Seen | undefined>(
    (last, each) => (last === undefined || Date.parse(each.at) > Date.parse(last.at) ? each : last),
    undefined,
  );
}
