import { day } from '../../../base/clock.js';
import type { Card } from '../../../cards/card.js';
import { packageById, policyById } from '../../../graph/entitlement.js';
import { openCard } from '../../../jobs/cards.js';
import { tierOf } from '../../../policy/tier-of.js';
import { approverNames } from '../../approvers.js';
import { myAccess } from '../../links.js';
import type { HouseServices, Turn } from '../../turn.js';
import type { AskView } from '../cards/ask-views.js';
import { approvalOf } from '../decide/approvers.js';
import { needsReason } from './rules.js';

/** One open form a person and package: asking again brings the same one back, so two forms cannot both be sent. */
export async function newForm(turn: Turn, packageId: string): Promise<string> {
  const { services, actor } = turn;
  const row = await services.store.write((tx) =>
    openCard(tx, services, {
      flow: 'packages',
      kind: 'packages.ask',
      item: `accessPackage:${packageId}`,
      person: actor.objectId,
      purpose: `packages.ask:${packageId}:${actor.objectId}`,
      expiresAt: new Date(services.clock.now().getTime() + 7 * day),
    }),
  );
  return row.ref;
}

export interface Form {
  readonly packageId: string;
  readonly policyId: string;
  readonly ref: string;
  readonly reason: string;
  readonly problem: string;
  readonly others: AskView['others'];
}

/** What the package and its policy say is read by the bot: a requester may not read policies, but may see this much. */
export async function formCard(services: HouseServices, form: Form): Promise<Card> {
  const reader = services.graph.reader(services.ids.guid());
  const [offer, policy] = await Promise.all([
    packageById(reader, form.packageId),
    policyById(reader, form.policyId),
  ]);
  const { tier } = tierOf(services.policy, {
    kind: 'package',
    id: form.packageId,
    ...(offer.catalogId === undefined ? {} : { catalogId: offer.catalogId }),
  });
  const requirement = { policyId: form.policyId, reasonRequired: policy.reasonRequired };
  const approval = approvalOf(policy);
  const view: AskView = {
    ref: form.ref,
    name: offer.name,
    description: offer.description,
    tier: tier.name,
    approval,
    approvers: approval === 'people' ? await approverNames(reader, policy.stages[0]?.approvers ?? []) : '',
    lasts: policy.lasts,
    reasonRequired: needsReason({ requirement, tier }),
    reasonAtLeast: tier.reason.atLeast,
    reason: form.reason,
    problem: form.problem,
    others: form.others,
    portalUrl: myAccess(services.tenantId, 'access-packages'),
  };
  return { template: 'packages/ask', view };
}
