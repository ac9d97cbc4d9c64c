import type { Card } from '../../../cards/card.js';
import { type UserInfo, userById } from '../../../graph/directory.js';
import {
  type PackageInfo,
  type PolicyInfo,
  packageById,
  policyOf,
  type RequestInfo,
} from '../../../graph/entitlement.js';
import type { Tier } from '../../../policy/policy.js';
import type { Approver } from '../../approvers.js';
import { myAccess } from '../../links.js';
import type { HouseServices } from '../../turn.js';
import type { DecideView } from '../cards/decide-views.js';
import { packageTier } from '../offers.js';
import { approversOf } from './approvers.js';

/** A request that waits, with all that its approvers need to see. */
export interface Pending {
  readonly request: RequestInfo;
  readonly requester: UserInfo;
  readonly offer: PackageInfo;
  readonly policy: PolicyInfo;
  readonly tier: Tier;
  readonly approvers: readonly Approver[];
}

/** Read with the bot's own token: the card is made before anybody has clicked whose token could be used. */
export async function readPending(services: HouseServices, request: RequestInfo): Promise<Pending> {
  const reader = services.graph.reader(services.ids.guid());
  const [requester, offer, policy] = await Promise.all([
    userById(reader, request.requestorId),
    packageById(reader, request.packageId),
    policyOf(reader, request),
  ]);
  const { tier } = packageTier(services.policy, offer);
  const all = await approversOf(reader, policy, request.requestorId);
  const approvers = all.filter(({ user }) => !user.guest || tier.guests.mayApprove);
  return { request, requester, offer, policy, tier, approvers };
}

export interface Addressee {
  readonly ref: string;
  readonly person: string;
  /** What was wrong with the last try, or empty. */
  readonly problem: string;
}

export function pendingCard(services: HouseServices, pending: Pending, to: Addressee): Card {
  const { request, requester, offer, policy, tier, approvers } = pending;
  const me = approvers.find(({ user }) => user.id === to.person);
  const others = approvers.filter(({ user }) => user.id !== to.person);
  const view: DecideView = {
    ref: to.ref,
    requester: {
      name: requester.name,
      jobTitle: requester.jobTitle,
      department: requester.department,
      guest: requester.guest,
    },
    name: offer.name,
    description: offer.description,
    tier: tier.name,
    reason: request.justification,
    askedAt: request.createdAt,
    lasts: policy.lasts,
    why: me?.why ?? 'named',
    whyGroup: me?.group ?? '',
    others: others
      .map(({ user }) => user.name)
      .slice(0, 5)
      .join(', '),
    comment: policy.stages.some((stage) => stage.commentRequired) ? 'always' : tier.approverComment,
    canDecide: services.policy.flows.packages === 'act' && policy.stages.length === 1,
    problem: to.problem,
    portalUrl: myAccess(services.tenantId, 'approvals'),
  };
  return { template: 'packages/decide', view };
}
