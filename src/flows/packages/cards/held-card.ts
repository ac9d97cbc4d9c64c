import { shortReference } from '../../../base/ids.js';
import type { Card } from '../../../cards/card.js';
import type { Held } from '../../../graph/entitlement.js';
import type { TierName } from '../../../policy/policy.js';
import { myAccess } from '../../links.js';
import type { HouseServices } from '../../turn.js';
import { leftText } from '../held/left-text.js';
import { endOf } from '../held/notices.js';
import { endsSoon } from '../offers.js';
import type { GivenBackView, HeldRowView, HeldState, HeldView } from './held-views.js';
import { linksOf } from './status-card.js';
import type { OpensView } from './status-views.js';

export interface HeldExtras {
  readonly tier: TierName;
  readonly opens: readonly OpensView[];
  /** An extension is under way. */
  readonly asked: boolean;
  /** Being taken away already. */
  readonly removing: boolean;
  /** As far as is known, Entra would take a request to extend it. */
  readonly extendable: boolean;
}

const namesAtMost = 4;
const opensAtMost = 8;

export function heldRow(
  { policy, clock }: Pick<HouseServices, 'policy' | 'clock'>,
  held: Held,
  { tier, opens, asked, removing, extendable }: HeldExtras,
): HeldRowView {
  const now = clock.now().getTime();
  const soon = held.state !== 'expired' && endsSoon(policy, held, now);
  const act = policy.flows.packages === 'act' && !removing;
  return {
    assignment: held.id,
    packageId: held.packageId,
    name: held.packageName,
    tier,
    setUp: setUpOf(held),
    startsAt: held.startsAt,
    endsAt: held.endsAt,
    left: soon ? leftText(endOf(held), now) : '',
    opensNames: namesOf(opens),
    asked,
    canExtend: act && soon && extendable && !asked,
    canGiveBack: act && held.state !== 'delivering',
  };
}

function namesOf(opens: readonly OpensView[]): string {
  const names = opens.map(({ name }) => name).filter((name) => name !== '');
  const more = names.length - namesAtMost;
  const shown = names.slice(0, namesAtMost).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}

function setUpOf({ state }: Held): HeldRowView['setUp'] {
  if (state === 'delivering') return 'working';
  if (state === 'partiallyDelivered') return 'partly';
  return state === 'deliveryFailed' ? 'failed' : 'ready';
}

export function heldCard(
  services: Pick<HouseServices, 'policy' | 'clock' | 'tenantId'>,
  held: Held,
  state: HeldState,
  extras: HeldExtras,
): Card {
  const row = heldRow(services, held, extras);
  const on = state === 'holds' || state === 'ending';
  const opens = on ? extras.opens : [];
  const view: HeldView = {
    ...row,
    state,
    canExtend: on && row.canExtend,
    canGiveBack: on && row.canGiveBack,
    opens: opens.slice(0, opensAtMost),
    moreOpens: Math.max(0, opens.length - opensAtMost),
    links: linksOf(opens),
    left: on ? row.left : '',
    asked: on && row.asked,
    portalUrl: myAccess(services.tenantId, 'access-packages'),
  };
  return { template: 'packages/held', view };
}

export type GivenBack = Pick<
  GivenBackView,
  'state' | 'assignment' | 'packageId' | 'name' | 'endsAt' | 'opens'
> & { readonly problem?: string; readonly reference?: string };

export function givenBackCard(tenantId: string, given: GivenBack): Card {
  const { problem = '', reference = '', opens, ...rest } = given;
  const view: GivenBackView = {
    ...rest,
    opens: opens.slice(0, opensAtMost),
    moreOpens: Math.max(0, opens.length - opensAtMost),
    problem,
    portalUrl: myAccess(tenantId, 'access-packages'),
    reference: shortReference(reference),
  };
  return { template: 'packages/given-back', view };
}
