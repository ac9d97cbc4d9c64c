import type { Card } from '../../../cards/card.js';
import type { ActivationRules, Eligibility } from '../../../graph/pim/activating.js';
import { privilegedRoleAdministrators } from '../../../graph/pim/kinds.js';
import { usersByIds } from '../../../graph/users-by-ids.js';
import { longestWindow, windowChoices } from '../../../policy/activation.js';
import { approverNames } from '../../approvers.js';
import { portalRoles } from '../../links.js';
import type { Turn } from '../../turn.js';
import type { FormView } from '../cards/views.js';
import { whatItDoes } from '../does.js';
import { lastsText } from '../lasts.js';
import type { MyRole } from '../my-roles.js';
import { targetTier, targetView } from '../target.js';
import { entraRules } from './facts.js';
import { needsReason, needsTicket, noProblems, type Problems } from './rules.js';

/** What was typed, as it was typed. */
export interface Typed {
  readonly minutes: string;
  readonly reason: string;
  readonly ticketSystem: string;
  readonly ticketNumber: string;
  readonly startDate: string;
  readonly startTime: string;
}

export const nothingTyped: Typed = {
  minutes: '',
  reason: '',
  ticketSystem: '',
  ticketNumber: '',
  startDate: '',
  startTime: '',
};

export interface Form {
  readonly ref: string;
  readonly role: Eligibility;
  readonly rules: ActivationRules;
  readonly held: MyRole['held'];
  readonly typed: Typed;
  readonly problems?: Problems;
}

/** Shaped by the role's own rules and our tier, so that nobody learns of a demand by breaking it. */
export async function formCard(turn: Turn, form: Form): Promise<Card> {
  const { services } = turn;
  const { role, rules, typed } = form;
  const reader = services.graph.reader(turn.reference);
  const { tier } = targetTier(services.policy, role);
  const { minutes: longest, shorter } = longestWindow(tier, rules.longest);
  const choices = choicesWith(windowChoices(longest), Number(typed.minutes), longest);
  const asking = { entra: entraRules(rules), tier };
  const view: FormView = {
    ref: form.ref,
    target: targetView(services, { ...role, does: await whatItDoes(reader, role, role.description) }),
    windows: choices.map((minutes) => ({ title: lastsText(minutes), value: String(minutes) })),
    minutes: choices.includes(Number(typed.minutes)) ? typed.minutes : String(firstChoice(choices)),
    entraAllows: shorter ? lastsText(rules.longest) : '',
    longest: lastsText(longest),
    reasonRequired: needsReason(asking),
    reasonAtLeast: tier.reason.atLeast,
    ticketRequired: needsTicket(asking),
    ticketSystems: services.policy.pim.tickets.systems.map((name) => ({ title: name, value: name })),
    ticketExample: services.policy.pim.tickets.example,
    ...typedParts(typed),
    stepUp: tier.activation.stepUp !== undefined || rules.context !== '' ? 'context' : rules.mfa ? 'mfa' : '',
    approval: rules.approval.required,
    approvers: await namesOf(turn, rules),
    timeZone: services.policy.notices.timeZone,
    activeUntil: form.held?.activated === true ? (form.held.endsAt ?? '') : '',
    problems: form.problems ?? noProblems,
    portalUrl: portalRoles(role.kind),
  };
  return { template: 'pim/form', view };
}

function typedParts({ reason, ticketSystem, ticketNumber, startDate, startTime }: Typed) {
  return { reason, ticketSystem, ticketNumber, startDate, startTime };
}

/** What somebody said or asked for the last time is a choice too, where it is allowed. */
function choicesWith(usual: readonly number[], wanted: number, longest: number): readonly number[] {
  const fits = Number.isInteger(wanted) && wanted >= 5 && wanted <= longest;
  return fits ? [...new Set([...usual, wanted])].sort((a, b) => a - b) : usual;
}

/** An hour, or what comes nearest to it: less is the better default. */
function firstChoice(choices: readonly number[]): number {
  return choices.findLast((minutes) => minutes <= 60) ?? choices[0] ?? 60;
}

async function namesOf(turn: Turn, { approval }: ActivationRules): Promise<string> {
  if (!approval.required) return '';
  const reader = turn.services.graph.reader(turn.reference);
  if (approval.approvers.length > 0) return approverNames(reader, approval.approvers);
  const people = await usersByIds(reader, await privilegedRoleAdministrators(reader));
  return [...people.values()]
    .flatMap((user) => (user === 'gone' || user.id === turn.actor.objectId ? [] : [user.name]))
    .join(', ');
}
