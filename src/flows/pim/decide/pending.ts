import { day } from '../../../base/clock.js';
import type { Card } from '../../../cards/card.js';
import { type UserInfo, userById } from '../../../graph/directory.js';
import type { GraphReader } from '../../../graph/graph.js';
import { belongings } from '../../../graph/membership.js';
import { activatingOf, privilegedRoleAdministrators } from '../../../graph/pim/kinds.js';
import { usersByIds } from '../../../graph/users-by-ids.js';
import type { Tier } from '../../../policy/policy.js';
import type { ActivationRow } from '../../../store/schema.js';
import { approversAmong } from '../../approvers.js';
import { portalApprovals } from '../../links.js';
import type { HouseServices } from '../../turn.js';
import { aboutOf, namedOf, targetOf } from '../activations.js';
import type { DecideView } from '../cards/decide-views.js';
import { askedView, time } from '../cards/status-card.js';
import type { RequesterView } from '../cards/views.js';
import { type Lately, latelyOf } from '../lately.js';
import { decideWithin } from '../limits.js';
import { targetTier, targetView } from '../target.js';

/** A request that waits, with all that whoever decides it needs to see. */
export interface Pending {
  readonly row: ActivationRow;
  readonly requester: RequesterView;
  readonly tier: Tier;
  /** Whom the bot asks: no guest where the tier does not let them decide. */
  readonly approvers: readonly UserInfo[];
  /** All whom Entra would let decide it, as far as the bot can read that, and the guests among them. */
  readonly mayDecide: readonly string[];
  readonly guests: readonly string[];
  readonly lately: Lately;
}

/** Read with the bot's own token: the card is made before anybody has clicked whose token could be used. */
export async function readPending(services: HouseServices, row: ActivationRow): Promise<Pending> {
  const reader = services.graph.reader(services.ids.guid());
  const { tier } = targetTier(services.policy, targetOf(row));
  const [requester, all, lately] = await Promise.all([
    readRequester(reader, row.person),
    approversOf(reader, row),
    latelyOf(services, row),
  ]);
  const approvers = all.filter(({ guest }) => !guest || tier.guests.mayApprove);
  const guests = all.filter(({ guest }) => guest).map(({ id }) => id);
  const mayDecide = all.map(({ id }) => id);
  return { row, requester, tier, approvers, mayDecide, guests, lately };
}

export async function readRequester(reader: GraphReader, person: string): Promise<RequesterView> {
  const { name, jobTitle, department, guest } = await userById(reader, person);
  const sponsors = guest ? (await belongings(reader, [person])).get(person)?.sponsors : [];
  return { name, jobTitle, department, guest, sponsors: (sponsors ?? []).join(', ') };
}

/** Whoever may decide it, except whoever asked. In Azure only those known from when it was asked here. */
export async function approversOf(reader: GraphReader, row: ActivationRow): Promise<readonly UserInfo[]> {
  if (row.kind === 'azure') return known(reader, aboutOf(row).approvers);
  const { approval } = await activatingOf(row.kind).rules(reader, targetOf(row));
  if (!approval.required) return [];
  if (approval.approvers.length === 0) {
    const administrators = await privilegedRoleAdministrators(reader);
    return known(
      reader,
      administrators.filter((id) => id !== row.person),
    );
  }
  const found = await approversAmong(reader, approval.approvers, {
    requestorId: row.person,
    targetId: row.person,
  });
  return found.map(({ user }) => user);
}

async function known(reader: GraphReader, ids: readonly string[]): Promise<readonly UserInfo[]> {
  const found = await usersByIds(reader, ids);
  return [...found.values()].flatMap((user) => (user === 'gone' ? [] : [user]));
}

export interface Addressee {
  readonly ref: string;
  readonly person: string;
  /** For the refresh; empty: this is the reader's own view. */
  readonly mri: string;
  /** What was wrong with the last try, or empty. */
  readonly problem: string;
  /** False: Entra does not show it to them. */
  readonly mayDecide?: boolean;
}

export function pendingCard(services: HouseServices, pending: Pending, to: Addressee): Card {
  const { row, requester, tier, approvers, lately } = pending;
  const blocked = blockedFor(pending, to);
  const view: DecideView = {
    ref: to.ref,
    mri: to.mri,
    requester,
    target: targetView(services, namedOf(row)),
    asked: askedView(row),
    startsAt: row.starts_at > row.asked_at ? time(row.starts_at) : '',
    decideBy: time(row.asked_at + decideWithin),
    lately: lately.count,
    latelyDays: lately.days,
    first: lately.first,
    others: approvers
      .filter(({ id }) => id !== to.person)
      .map(({ name }) => name)
      .slice(0, 5)
      .join(', '),
    comment: tier.approverComment,
    canDecide: services.policy.flows.pim === 'act' && blocked === '',
    blocked,
    complete: aboutOf(row).minutes > 0,
    problem: to.problem,
    portalUrl: portalApprovals,
  };
  return { template: 'pim/decide', view };
}

function blockedFor({ guests, tier }: Pending, { person, mayDecide }: Addressee): DecideView['blocked'] {
  if (guests.includes(person) && !tier.guests.mayApprove) return 'guest';
  return mayDecide === false ? 'not-waiting' : '';
}

/** How long the bot goes on showing a request that nobody decides. */
export const decideLives = 2 * day;
