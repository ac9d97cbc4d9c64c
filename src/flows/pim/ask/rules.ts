import { day, minute } from '../../../base/clock.js';
import { longestWindow, ticketOf, ticketProblem } from '../../../policy/activation.js';
import { type GuardedDecision, permit, refuse, stepUp } from '../../../policy/decision.js';
import type { Capability, Pim, Tier } from '../../../policy/policy.js';
import { reasonProblem } from '../../../policy/reason.js';

/** Entra refuses to end an activation before it is this old. */
export const shortestUse = 5 * minute;
/** Further ahead nobody knows what they will need, and most eligibilities end. */
export const furthestStart = 30 * day;

export interface RoleFacts {
  readonly kind: string;
  readonly id: string;
  readonly scope: string;
  readonly name: string;
  readonly scopeName: string;
  readonly does: string;
  readonly scheduleId: string;
  /** Undefined: it does not end. */
  readonly until: number | undefined;
}

export interface AskFacts {
  readonly capability: Capability;
  readonly card: { readonly ref: string; readonly expired: boolean };
  readonly me: { readonly id: string; readonly name: string; readonly guest: boolean };
  readonly now: number;
  /** As Entra tells it now; undefined: they may not activate it. */
  readonly role: RoleFacts | undefined;
  readonly emergency: boolean;
  /** They have it: since when (0: not told), and whether it was activated or stands. */
  readonly held: { readonly since: number; readonly activated: boolean } | undefined;
  /** Asked, or accepted for later. */
  readonly open: boolean;
  readonly known: readonly string[];
  readonly entra: EntraRules;
  readonly tier: Tier;
  readonly tierBasis: readonly string[];
  readonly tickets: Pim['tickets'];
  /** Authentication contexts that this person's sign-in has met. */
  readonly contexts: readonly string[];
  /** Object ids of who may decide it, where the bot cannot read that later. */
  readonly approvers: readonly string[];
  readonly requestId: string;
  readonly wish: Wish;
}

export interface EntraRules {
  /** Minutes. */
  readonly longest: number;
  readonly reason: boolean;
  readonly ticket: boolean;
  readonly approval: boolean;
  /** Authentication context; empty: none. */
  readonly context: string;
}

export interface Wish {
  readonly minutes: number;
  readonly reason: string;
  readonly system: string;
  readonly number: string;
  /** Undefined: now. `unclear`: what was typed is no time. */
  readonly startsAt: number | 'unclear' | undefined;
}

export interface Problems {
  readonly form: string;
  readonly minutes: string;
  readonly reason: string;
  readonly ticket: string;
  readonly start: string;
}

export const noProblems: Problems = { form: '', minutes: '', reason: '', ticket: '', start: '' };

export interface AskArgs {
  readonly [key: string]: string | number | boolean | readonly string[];
  readonly kind: 'role' | 'group' | 'azure';
  readonly id: string;
  readonly scope: string;
  readonly name: string;
  readonly scopeName: string;
  readonly does: string;
  readonly scheduleId: string;
  readonly personId: string;
  readonly personName: string;
  readonly reason: string;
  readonly system: string;
  readonly number: string;
  readonly minutes: number;
  /** ISO; empty: now. */
  readonly startsAt: string;
  readonly approval: boolean;
  readonly approvers: readonly string[];
  readonly emergency: boolean;
  /** Active now: it is ended first. */
  readonly renew: boolean;
  readonly known: readonly string[];
  readonly requestId: string;
  /** The form: one form makes one request, however often it is sent. */
  readonly ref: string;
}

export function decideAsk(facts: AskFacts): GuardedDecision<'pim.ask', AskArgs> {
  const { role, held, tier } = facts;
  const basis = facts.tierBasis;
  if (facts.capability !== 'act') return refuse('flows.off', ['flows.pim']);
  if (facts.card.expired) return refuse('flows.card-expired', []);
  if (role === undefined) return refuse('pim.not-eligible', ['entra.eligibility']);
  if (facts.me.guest && !tier.guests.mayAsk) return refuse('pim.no-guests', basis);
  if (facts.open) return refuse('pim.asked-already', []);
  if (held?.activated === false) return refuse('pim.stands', []);
  if (held !== undefined && held.since > facts.now - shortestUse)
    return refuse('pim.too-soon', ['entra.rule']);
  if (hasProblem(problemsOf(facts))) return refuse('pim.form', [...basis, 'entra.rule']);
  const context = tier.activation.stepUp;
  if (context !== undefined && !facts.contexts.includes(context)) return stepUp(context, basis);
  // Nobody loses what they have for a sign-in that would not do: Entra asks for it only after the end.
  const { context: entras } = facts.entra;
  if (held !== undefined && entras !== '' && !facts.contexts.includes(entras))
    return stepUp(entras, ['entra.rule']);
  return permit('pim.ask', argsOf(facts, role), [...basis, 'entra.eligibility', 'entra.rule']);
}

function argsOf(facts: AskFacts, role: RoleFacts): AskArgs {
  const { wish, me } = facts;
  const ticket = ticketOf(wish) ?? { system: '', number: '' };
  return {
    kind: kindOf(role.kind),
    id: role.id,
    scope: role.scope,
    name: role.name,
    scopeName: role.scopeName,
    does: role.does,
    scheduleId: role.scheduleId,
    personId: me.id,
    personName: me.name,
    reason: wish.reason,
    system: ticket.system,
    number: ticket.number,
    minutes: wish.minutes,
    startsAt: typeof wish.startsAt === 'number' ? new Date(wish.startsAt).toISOString() : '',
    approval: facts.entra.approval,
    approvers: facts.approvers,
    emergency: facts.emergency,
    renew: facts.held !== undefined,
    known: facts.known,
    requestId: facts.requestId,
    ref: facts.card.ref,
  };
}

function kindOf(kind: string): AskArgs['kind'] {
  return kind === 'group' || kind === 'azure' ? kind : 'role';
}

export function hasProblem(problems: Problems): boolean {
  return Object.values(problems).some((problem) => problem !== '');
}

/** Everything that is wrong with what was typed, each at its field: nobody should send a form three times. */
export function problemsOf(facts: AskFacts): Problems {
  const { wish, tier } = facts;
  return {
    form: '',
    minutes: minutesProblem(facts),
    reason: needsReason(facts) ? (reasonProblem(tier, wish.reason) ?? '') : '',
    ticket: ticketProblem(facts.tickets, needsTicket(facts), wish) ?? '',
    start: startProblem(facts),
  };
}

type Asking = Pick<AskFacts, 'entra' | 'tier'>;

/** Entra's own setting, or a tier that wants one anyway. */
export function needsReason({ entra, tier }: Asking): boolean {
  return entra.reason || tier.reason.atLeast > 0;
}

export function needsTicket({ entra, tier }: Asking): boolean {
  return entra.ticket || tier.activation.ticket === 'always';
}

function minutesProblem({ wish, tier, entra }: AskFacts): string {
  const { minutes } = wish;
  const longest = longestWindow(tier, entra.longest).minutes;
  if (!Number.isInteger(minutes) || minutes < 5) return 'Please choose how long you need it.';
  return minutes > longest ? 'That is longer than this role allows. Please choose a shorter time.' : '';
}

function startProblem({ wish: { startsAt, minutes }, now, role, held }: AskFacts): string {
  if (startsAt === undefined) return '';
  if (startsAt === 'unclear') return 'Please give both a day and a time, or leave both empty to start now.';
  if (held !== undefined) return 'You have it now, so it can only be started over at once. Leave both empty.';
  if (startsAt < now - minute) return 'That time has passed. Please choose a later one, or leave both empty.';
  if (startsAt > now + furthestStart) return 'That is more than 30 days ahead. Please choose an earlier day.';
  const end = startsAt + minutes * minute;
  return role?.until !== undefined && end > role.until
    ? 'Your eligibility for this role ends before that. Please choose an earlier time.'
    : '';
}
