import { day } from '../../../base/clock.js';
import type { Card } from '../../../cards/card.js';
import { myAccess } from '../../links.js';
import type { HouseServices } from '../../turn.js';
import type { Pending } from '../decide/pending.js';
import type { DecideView } from './decide-views.js';

export interface Addressee {
  readonly ref: string;
  readonly person: string;
  /** For the refresh; empty: this is the reader's own view. */
  readonly mri: string;
  /** What was wrong with the last try, or empty. */
  readonly problem: string;
  /** False: Entra does not list them. */
  readonly listed?: boolean;
  /** An earlier message asked the same of them. */
  readonly again: boolean;
}

const opensAtMost = 6;
const answersAtMost = 10;

export function pendingCard(services: HouseServices, pending: Pending, to: Addressee): Card {
  const { request, policy, tier, stage, lately } = pending;
  const blocked = blockedFor(pending, to);
  const view: DecideView = {
    ref: to.ref,
    mri: to.mri,
    ...whoOf(pending),
    ...whatOf(pending),
    ...whyOf(pending, to.person),
    startsAt: request.startsAt,
    endsAt: request.endsAt,
    lasts: policy.lasts,
    stage: stage.index + 1,
    stages: stage.of,
    earlier: earlierOf(pending),
    conflicts: (pending.conflicts ?? []).join(', '),
    conflictsKnown: pending.conflicts !== undefined,
    lately,
    deniedAt: moment(stage.deniedAt),
    escalatesAt: stage.escalated ? '' : moment(stage.escalatesAt),
    escalated: stage.escalated,
    comment: stage.rule.commentRequired ? 'always' : tier.approverComment,
    canDecide: services.policy.flows.packages === 'act' && blocked === '',
    blocked,
    reminder: reminderOf(pending, to, services.clock.now()),
    problem: to.problem,
    portalUrl: myAccess(services.tenantId, 'approvals'),
  };
  return { template: 'packages/decide', view };
}

function whoOf({ request, requester, sponsors }: Pending): Pick<DecideView, 'requester' | 'askedBy'> {
  const { name, jobTitle, department, guest } = requester;
  return {
    requester: { name, jobTitle, department, guest, sponsors: sponsors.slice(0, 5).join(', ') },
    askedBy: request.requestorId === request.targetId ? '' : request.requestorName,
  };
}

function whatOf({ request, offer, tier, opens }: Pending) {
  const answers = request.answers.map(({ question, value, display }) => ({
    question,
    answer: display === '' ? value : display,
  }));
  return {
    name: offer.name,
    description: offer.description,
    tier: tier.name,
    opens: opens.slice(0, opensAtMost).map(({ name, role, kind }) => ({ name, role, kind })),
    moreOpens: Math.max(0, opens.length - opensAtMost),
    reason: request.justification,
    answers: answers.slice(0, answersAtMost),
    moreAnswers: Math.max(0, answers.length - answersAtMost),
    askedAt: request.createdAt,
  };
}

function whyOf({ approvers, named }: Pending, person: string) {
  const me = named.find(({ user }) => user.id === person);
  const others = approvers.filter(({ user }) => user.id !== person).map(({ user }) => user.name);
  return {
    why: me?.why ?? 'listed',
    whyGroup: me?.group ?? '',
    as: me?.as ?? 'first',
    others: others.slice(0, 5).join(', '),
  };
}

function earlierOf({ earlier }: Pending): DecideView['earlier'] {
  return earlier.map(({ byName, at, comment }, index) => ({ stage: index + 1, byName, at, comment }));
}

function blockedFor({ named, tier }: Pending, { person, listed }: Addressee): DecideView['blocked'] {
  const me = named.find(({ user }) => user.id === person);
  if (me?.user.guest === true && !tier.guests.mayApprove) return 'guest';
  return listed === false ? 'not-listed' : '';
}

/** By the time it is looked at, so that every look at a message says the same. */
function reminderOf({ stage }: Pending, { again }: Addressee, now: Date): DecideView['reminder'] {
  if (!again) return '';
  return stage.deniedAt !== 0 && stage.deniedAt - now.getTime() <= day ? 'soon' : 'again';
}

function moment(at: number): string {
  return at === 0 ? '' : new Date(at).toISOString();
}
