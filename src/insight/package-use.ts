import { hour, second } from '../base/clock.js';
import type { Held, RequestInfo } from '../graph/entitlement.js';
import type { Seen, SignIn } from '../graph/last-sign-ins.js';
import { type Failed, failedDeliveries } from './failed-deliveries.js';

/** Entra does not tell when a package was used, so it is the last sign-in to anything. */
export type { Seen, SignIn } from '../graph/last-sign-ins.js';

export interface Holder {
  readonly assignmentId: string;
  readonly personId: string;
  readonly name: string;
  readonly guest: boolean;
  /** Empty where Entra does not say. */
  readonly since: string;
  /** Empty: no end. */
  readonly until: string;
  readonly signIn: SignIn;
  readonly endsSoon: boolean;
  /** `never`: no sign-in since they got it, so it was never used; `long`: none for longer than allowed. */
  readonly idle: 'never' | 'long' | '';
}

export interface Outcomes {
  readonly granted: number;
  readonly denied: number;
  /** Nobody decided in time. */
  readonly expired: number;
  readonly cancelled: number;
  /** Not delivered, or not all of it. */
  readonly failed: number;
  readonly waiting: number;
  /** Decided or submitted, and Entra still works on it. */
  readonly working: number;
}

export interface Asking {
  readonly total: number;
  readonly outcomes: Outcomes;
  /** Empty: there is none. */
  readonly oldestAt: string;
  /** Of those that somebody had to decide. */
  readonly decided: number;
  /** Until Entra had delivered or denied it; undefined: nothing was decided. */
  readonly medianSeconds: number | undefined;
  readonly longestSeconds: number | undefined;
  /** Since when the oldest of those waits that wait; empty: none does. */
  readonly waitingSinceAt: string;
}

export interface PackageUse {
  readonly people: number;
  readonly guests: number;
  readonly endingSoon: number;
  readonly neverUsed: number;
  readonly longUnused: number;
  /** How many have a sign-in that could not be read. */
  readonly unknown: number;
  /** Those first who need a look: about to end, then not in use, then the rest by name. */
  readonly holders: readonly Holder[];
  readonly asking: Asking;
  readonly failed: readonly Failed[];
}

export interface UseFacts {
  readonly held: readonly Held[];
  readonly requests: readonly RequestInfo[];
  /** By person; whoever could not be read is not there. */
  readonly seen: ReadonlyMap<string, Seen>;
  /** Policies under which nobody has to decide. */
  readonly undecided: ReadonlySet<string>;
  readonly now: Date;
  /** Ends within this time (ms): soon. */
  readonly soon: number;
  /** Held, and no sign-in, for this long (ms). */
  readonly unusedAfter: number;
}

/** Who has a package and needs it or not, and how long people waited for it. */
export function packageUse(facts: UseFacts): PackageUse {
  const { held, requests, seen, now } = facts;
  const once = [...new Map(held.map((each) => [each.id, each])).values()];
  const holders = once.map((each) => holderOf(each, seen.get(each.personId), facts)).sort(mostCareFirst);
  const count = (is: (one: Holder) => boolean): number =>
    new Set(holders.filter(is).map(({ personId, assignmentId }) => personId || assignmentId)).size;
  return {
    people: count(() => true),
    guests: count(({ guest }) => guest),
    endingSoon: count(({ endsSoon }) => endsSoon),
    neverUsed: count(({ idle }) => idle === 'never'),
    longUnused: count(({ idle }) => idle === 'long'),
    unknown: count(({ signIn }) => signIn.kind === 'unknown'),
    holders,
    asking: askingOf(requests, facts.undecided),
    failed: failedDeliveries(requests, now),
  };
}

function holderOf(held: Held, seen: Seen | undefined, { now, soon, unusedAfter }: UseFacts): Holder {
  const signIn = seen?.signIn ?? { kind: 'unknown' };
  const left = Date.parse(held.endsAt) - now.getTime();
  return {
    assignmentId: held.id,
    personId: held.personId,
    name: seen?.name || held.personName || held.personId,
    guest: seen?.guest ?? false,
    since: held.startsAt,
    until: held.endsAt,
    signIn,
    endsSoon: left <= soon,
    idle: idleOf(signIn, Date.parse(held.startsAt), now.getTime() - unusedAfter),
  };
}

/** Whoever got it later than that had no time to use it. Where Entra does not say since when, the sign-in alone counts. */
function idleOf(signIn: SignIn, startedAt: number, before: number): Holder['idle'] {
  if (signIn.kind === 'unknown' || startedAt > before) return '';
  const at = signIn.kind === 'never' ? Number.NEGATIVE_INFINITY : Date.parse(signIn.at);
  if (at < startedAt || signIn.kind === 'never') return 'never';
  return at < before ? 'long' : '';
}

function mostCareFirst(a: Holder, b: Holder): number {
  return (
    care(a) - care(b) ||
    (a.endsSoon ? Date.parse(a.until) - Date.parse(b.until) : 0) ||
    a.name.localeCompare(b.name) ||
    a.assignmentId.localeCompare(b.assignmentId)
  );
}

function care({ endsSoon, idle }: Holder): number {
  if (endsSoon) return 0;
  return { never: 1, long: 2, '': 3 }[idle];
}

/** Removals, and what administrators or Entra gave by themselves, was not asked for. */
export function asksForAccess({ type }: Pick<RequestInfo, 'type'>): boolean {
  return /^(user(add|update|extend)|onbehalfadd)$/i.test(type);
}

function askingOf(all: readonly RequestInfo[], undecided: ReadonlySet<string>): Asking {
  const once = [...new Map(all.map((each) => [each.id, each])).values()];
  const requests = once.filter(asksForAccess);
  const of = (outcome: keyof Outcomes): readonly RequestInfo[] =>
    requests.filter((each) => outcomeOf(each) === outcome);
  const times = requests
    .filter(({ policyId }) => policyId === undefined || !undecided.has(policyId))
    .flatMap(secondsToDecide)
    .sort((a, b) => a - b);
  return {
    total: requests.length,
    outcomes: {
      granted: of('granted').length,
      denied: of('denied').length,
      expired: of('expired').length,
      cancelled: of('cancelled').length,
      failed: of('failed').length,
      waiting: of('waiting').length,
      working: of('working').length,
    },
    oldestAt: oldest(requests),
    decided: times.length,
    medianSeconds: median(times),
    longestSeconds: times.at(-1),
    waitingSinceAt: oldest(of('waiting')),
  };
}

const outcomes: Readonly<Record<string, keyof Outcomes>> = {
  delivered: 'granted',
  denied: 'denied',
  canceled: 'cancelled',
  deliveryFailed: 'failed',
  partiallyDelivered: 'failed',
  pendingApproval: 'waiting',
};

export function outcomeOf({ state, status }: Pick<RequestInfo, 'state' | 'status'>): keyof Outcomes {
  if (state === 'denied' && status.toLowerCase().includes('expired')) return 'expired';
  return outcomes[state] ?? 'working';
}

/** None where a failed delivery, nobody's decision or a later start that was wished for made it long. */
function secondsToDecide(request: RequestInfo): readonly number[] {
  if (!['granted', 'denied'].includes(outcomeOf(request))) return [];
  const asked = Date.parse(request.createdAt);
  const took = Date.parse(request.completedAt ?? '') - asked;
  const isLater = Date.parse(request.startsAt) > asked + hour;
  return took >= 0 && !isLater ? [Math.round(took / second)] : [];
}

function median(sorted: readonly number[]): number | undefined {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? undefined : Math.round((lower + upper) / 2);
}

function oldest(requests: readonly RequestInfo[]): string {
  const dated = requests.map(({ createdAt }) => createdAt).filter((at) => !Number.isNaN(Date.parse(at)));
  return dated.reduce((first, at) => (first === '' || Date.parse(at) < Date.parse(first) ? at : first), '');
}
