import { day, minute } from '../../../base/clock.js';
import { type Decision, permit, refuse } from '../../../policy/decision.js';
import type { Capability, Recovery } from '../../../policy/policy.js';

/** Entra makes none that is shorter, whatever the policy of the tenant says. */
const shortestMinutes = 10;

/** What somebody saw or heard says little about who asks a day later. */
const wordLivesMs = day;

/** What of a case counts here. */
export interface CaseInHand {
  readonly id: string;
  readonly subject: string;
  readonly kind: string;
  readonly state: string;
  readonly about: { readonly subjectName: string };
  readonly privileged: 0 | 1;
  readonly attested: readonly { readonly by: string; readonly at: number }[];
  readonly closed_at: number;
}

/** What of a pass counts here. */
interface PassSeen {
  readonly id: string;
  readonly usable: boolean;
  readonly why: string;
}

interface PassRules {
  readonly enabled: boolean;
  readonly leastMinutes: number;
  readonly longestMinutes: number;
  readonly oneTimeOnly: boolean;
  readonly includes: readonly string[];
  readonly excludes: readonly string[];
}

interface Signs {
  readonly found: readonly { readonly name: string }[];
  readonly unread: readonly string[];
}

export interface IssueFacts {
  readonly capability: Capability;
  readonly recovery: Recovery;
  readonly card: { readonly expired: boolean };
  readonly me: { readonly id: string; readonly guest: boolean };
  /** Of whoever presses, as of now. */
  readonly holdsRole: boolean;
  readonly one: CaseInHand;
  /** Who made what the person knows nothing of. */
  readonly changedBy: readonly string[];
  /** Of the person, as of now; empty: they have none. */
  readonly manager: string;
  readonly subject: { readonly guest: boolean; readonly enabled: boolean };
  /** As of now, and not when the case was opened. */
  readonly privileged: boolean;
  readonly flags: Signs;
  readonly tap: PassRules;
  /** All groups they are in, also through others. */
  readonly groups: readonly string[];
  /** As Entra lists them, used and expired ones too. */
  readonly passes: readonly PassSeen[];
  /** Id of the pass that is to be replaced; empty: there should be none. */
  readonly replaces: string;
  /** When passes of other cases of this person were made. */
  readonly otherPasses: readonly number[];
  /** How many passes they got in the last day, in all cases. */
  readonly passesToday: number;
  readonly now: number;
}

export interface IssueArgs {
  readonly [key: string]: string | number | boolean | readonly string[];
  readonly caseId: string;
  readonly subject: string;
  /** Of the subject. */
  readonly name: string;
  readonly minutes: number;
  readonly once: boolean;
  readonly replaces: string;
  /** Ids of all passes that Entra listed before: any other one is of this press. */
  readonly before: readonly string[];
}

interface No {
  readonly code: string;
  readonly basis: readonly string[];
}

/** Entra enforces the role once more when the pass is made; everything else is checked here only. */
export function decideIssue(facts: IssueFacts): Decision<'recovery.issue', IssueArgs> {
  const no =
    whoMayNot(facts) ?? whenNot(facts) ?? whatStops(facts) ?? whyNoPass(facts) ?? whoseWordIsOpen(facts);
  if (no !== undefined) return refuse(no.code, no.basis);
  const { one, privileged, recovery, tap, replaces, passes } = facts;
  const args: IssueArgs = {
    caseId: one.id,
    subject: one.subject,
    name: one.about.subjectName,
    minutes: shortest(tap),
    once: isForOnce(recovery, tap, privileged),
    replaces,
    before: passes.map(({ id }) => id),
  };
  return permit('recovery.issue', args, [
    `recovery.attestations.${privileged ? 'privileged' : 'members'}`,
    'recovery.pass',
    'entra.pass-policy',
  ]);
}

/** Before anything else: nobody makes a pass for themselves, or after vouching. */
function whoMayNot({ me, one, capability, holdsRole, changedBy }: IssueFacts): No | undefined {
  if (me.id === one.subject) return no('recovery.own-case', 'self-approval never');
  if (one.attested.some(({ by }) => by === me.id))
    return no('recovery.attester-issues', 'attester is not issuer');
  if (changedBy.includes(me.id)) return no('recovery.own-change', 'own change');
  if (capability !== 'act') return no('flows.off', 'flows.recovery');
  if (me.guest) return no('recovery.guest-issues', 'guests never');
  return holdsRole ? undefined : no('recovery.no-role', 'entra.role');
}

function whenNot(facts: IssueFacts): No | undefined {
  const { card, one, recovery, privileged } = facts;
  if (one.closed_at !== 0) return no('recovery.closed');
  if (card.expired) return no('flows.card-expired');
  if (one.state === 'clean-up') return no('recovery.signed-in');
  if (one.kind === 'not-me') return no('recovery.not-handled', 'incident first');
  const { attestations } = recovery;
  const needed = privileged || one.privileged === 1 ? attestations.privileged : attestations.members;
  if (one.attested.filter(wordCounts(facts)).length >= needed)
    return one.state === 'attest' ? no('recovery.not-attested') : undefined;
  return privileged && one.privileged === 0
    ? no('recovery.now-privileged', 'recovery.attestations.privileged')
    : no('recovery.not-attested', 'recovery.attestations');
}

/**
 * Who became the manager lately may be an attacker's work, which the log did not tell yet when they vouched: their word
 * is dropped, whatever the policy says of such signs.
 */
export function wordCounts({ flags, manager, now }: Pick<IssueFacts, 'flags' | 'manager' | 'now'>) {
  const isNew = flags.found.some(({ name }) => name === 'manager-changed');
  return ({ by, at }: { readonly by: string; readonly at: number }): boolean =>
    at > now - wordLivesMs && !(isNew && by === manager);
}

/** Their manager vouched, and Entra does not say just now since when they are that. */
function whoseWordIsOpen({ flags, one, manager }: IssueFacts): No | undefined {
  const open = flags.unread.includes('manager-changed') && one.attested.some(({ by }) => by === manager);
  return open ? no('recovery.unread-signs', 'recovery.managerChangedWithin') : undefined;
}

function whatStops({ flags, recovery, otherPasses, passesToday, now }: IssueFacts): No | undefined {
  const stops = blocking(recovery.block, flags);
  if (stops.found.length > 0)
    return no('recovery.flagged', ...stops.found.map(({ name }) => `recovery.block.${name}`));
  if (stops.unread.length > 0)
    return no('recovery.unread-signs', ...stops.unread.map((name) => `recovery.block.${name}`));
  if (otherPasses.some((at) => at > now - recovery.coolDown))
    return no('recovery.cool-down', 'recovery.coolDown');
  if (passesToday >= recovery.triesADay) return no('recovery.passes-a-day', 'recovery.triesADay');
  return undefined;
}

/** Signs that stop the pass: those that are there, and those that nobody could look for. */
function blocking(block: readonly string[], { found, unread }: Signs): Signs {
  return {
    found: found.filter(({ name }) => block.includes(name)),
    unread: unread.filter((name) => block.includes(name)),
  };
}

function whyNoPass({ subject, tap, recovery, groups, passes, replaces }: IssueFacts): No | undefined {
  if (subject.guest) return no('recovery.no-pass-for-guest', 'entra.guest');
  if (!subject.enabled) return no('recovery.no-pass-for-blocked', 'entra.account');
  if (!tap.enabled) return no('recovery.passes-off', 'entra.pass-policy');
  if (!isInScope(tap, groups)) return no('recovery.pass-not-for-them', 'entra.pass-policy');
  if (shortest(tap) > recovery.pass.longest / minute || shortest(tap) > tap.longestMinutes)
    return no('recovery.pass-too-long', 'entra.pass-policy', 'recovery.pass.longest');
  const there = passThere(passes);
  return there === undefined || there.id === replaces ? undefined : no('recovery.pass-there', 'entra.passes');
}

/** The pass that a new one would replace: at most one is not used and not over. */
export function passThere<Seen extends PassSeen>(passes: readonly Seen[]): Seen | undefined {
  return passes.find(({ why, usable }) => usable || !isOver(why));
}

export function isOver(why: string): boolean {
  return ['expired', 'onetimeused'].includes(why.toLowerCase());
}

function isInScope({ includes, excludes }: PassRules, groups: readonly string[]): boolean {
  const own = new Set(['all_users', ...groups].map((id) => id.toLowerCase()));
  const names = (ids: readonly string[]): boolean => ids.some((id) => own.has(id.toLowerCase()));
  return names(includes) && !names(excludes);
}

function shortest(tap: PassRules): number {
  return Math.max(tap.leastMinutes, shortestMinutes);
}

function isForOnce({ pass }: Recovery, tap: PassRules, privileged: boolean): boolean {
  return tap.oneTimeOnly || pass.once === 'always' || (pass.once === 'privileged' && privileged);
}

function no(code: string, ...basis: readonly string[]): No {
  return { code, basis };
}
