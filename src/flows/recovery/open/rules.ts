import { day } from '../../../base/clock.js';
import { type Decision, permit, refuse } from '../../../policy/decision.js';
import type { Capability, Recovery } from '../../../policy/policy.js';

export interface OpenFacts {
  readonly capability: Capability;
  readonly policy: Pick<Recovery, 'triesADay' | 'hireWindow'>;
  readonly me: Someone;
  readonly subject: Someone;
  readonly what: string;
  readonly note: string;
  /** Cases I opened in the last day. */
  readonly openedToday: number;
  /** For somebody who starts; else both are of no matter. */
  readonly mayWelcome: boolean;
  /** Undefined: nobody wrote it down. */
  readonly firstDay: number | undefined;
  readonly now: number;
}

export interface Someone {
  readonly id: string;
  readonly name: string;
  readonly guest: boolean;
  readonly enabled: boolean;
}

export interface OpenArgs {
  readonly subject: string;
  readonly subjectName: string;
  readonly openedBy: string;
  readonly openerName: string;
  readonly what: string;
  readonly note: string;
}

/**
 * Who may say that somebody cannot sign in: any colleague, because nothing is given to anybody by that. For a first day
 * whoever welcomes them, because then nobody is there yet who could say that it is not true.
 */
export function decideOpen(facts: OpenFacts): Decision<'recovery.open', OpenArgs> {
  const { me, subject, what, note } = facts;
  const code = whyNot(facts);
  const basis = [`recovery.triesADay=${facts.policy.triesADay}`];
  if (what === 'starter') basis.push(`recovery.hireWindow=${Math.round(facts.policy.hireWindow / day)}d`);
  if (code !== undefined) return refuse(code, basis);
  const names = { subjectName: subject.name, openerName: me.name };
  return permit('recovery.open', { subject: subject.id, openedBy: me.id, ...names, what, note }, basis);
}

function whyNot(facts: OpenFacts): string | undefined {
  const { capability, me, subject, what } = facts;
  if (capability !== 'act') return 'flows.off';
  if (me.guest) return me.id === subject.id ? 'recovery.guest' : 'recovery.no-guest-helper';
  if (subject.guest) return 'recovery.guest-subject';
  if (what === 'starter') return whyNoWelcome(facts) ?? tooMany(facts);
  // Somebody who has left is nobody to let in again.
  if (!subject.enabled) return 'recovery.switched-off';
  return tooMany(facts);
}

function tooMany({ openedToday, policy }: OpenFacts): string | undefined {
  return openedToday >= policy.triesADay ? 'recovery.too-many' : undefined;
}

function whyNoWelcome({ me, subject, mayWelcome, firstDay, now, policy }: OpenFacts): string | undefined {
  if (me.id === subject.id) return 'recovery.own-first-day';
  if (!mayWelcome) return 'recovery.not-welcoming';
  if (firstDay === undefined) return 'recovery.no-first-day';
  if (now < firstDay - policy.hireWindow) return 'recovery.too-early';
  // Later it is a way in for somebody who has one already.
  return now > firstDay + policy.hireWindow ? 'recovery.started' : undefined;
}
