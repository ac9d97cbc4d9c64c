import { minute } from '../base/clock.js';
import type { ActivationRules, Target } from '../graph/pim/activating.js';

/** A role or group that the policy file names, and how much care it deserves. */
export interface Watched extends Target {
  readonly name: string;
  readonly tier: 'standard' | 'sensitive' | 'privileged';
  /** Kept for a bad day: that nobody uses it, and that nobody has to approve it, is as it should be. */
  readonly emergency: boolean;
  /** The longest window of its tier, in milliseconds. */
  readonly longest: number;
}

/** Somebody may activate it. */
export interface Eligible extends Target {
  readonly personId: string;
  readonly name: string;
  readonly scopeName: string;
  /** Since when; empty: Entra does not say. */
  readonly since: string;
}

/** Somebody has it. */
export interface Held extends Eligible {
  readonly activated: boolean;
  readonly ends: boolean;
}

/** Somebody had it for a while, as far as the bot knows. */
export interface Activated extends Target {
  readonly personId: string;
  readonly at: number;
}

export interface Weak {
  readonly target: Watched;
  readonly noApproval: boolean;
  readonly noReason: boolean;
  /** Minutes, where Entra allows longer than the tier; otherwise 0. */
  readonly window: number;
  readonly tierWindow: number;
}

/** Eligible and not activated since that day. Whoever was made eligible later had no time to use it. */
export function unusedRoles(
  eligible: readonly Eligible[],
  activated: readonly Activated[],
  since: Date,
): readonly Eligible[] {
  const used = new Set(activated.filter(({ at }) => at >= since.getTime()).map(useOf));
  const isNew = (each: Eligible): boolean => Date.parse(each.since) > since.getTime();
  return once(eligible.filter((each) => !used.has(useOf(each)) && !isNew(each)));
}

/** What Entra's log tells of an activation names the role, and not the part of the directory. */
function useOf(each: Target & { readonly personId: string }): string {
  return keyOf(each.kind === 'group' ? each : { ...each, scope: '' });
}

/** Had all the time, without an end, although it could be activated when it is needed. */
export function standingRoles(held: readonly Held[]): readonly Held[] {
  return once(held.filter(({ activated, ends }) => !activated && !ends));
}

/** What Entra asks for is less than the role deserves. Undefined: it asks for enough. */
export function weakRules(target: Watched, rules: ActivationRules): Weak | undefined {
  const tierWindow = Math.floor(target.longest / minute);
  const noApproval = !rules.approval.required && !target.emergency;
  const noReason = !rules.reason;
  const window = rules.longest > tierWindow ? rules.longest : 0;
  const isFine = target.tier === 'standard' || (!noApproval && !noReason && window === 0);
  return isFine ? undefined : { target, noApproval, noReason, window, tierWindow };
}

/** Entra may list one person twice, such as for two schedules that follow each other: the older one counts. */
function once<T extends Eligible>(all: readonly T[]): readonly T[] {
  const oldestFirst = [...all].sort((a, b) => (Date.parse(a.since) || 0) - (Date.parse(b.since) || 0));
  const first = new Map<string, T>();
  for (const each of oldestFirst) if (!first.has(keyOf(each))) first.set(keyOf(each), each);
  return [...first.values()];
}

function keyOf({ personId, kind, id, scope }: Target & { readonly personId: string }): string {
  return [personId, kind, id, scope].join('|').toLowerCase();
}
