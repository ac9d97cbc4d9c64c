import { shortReference } from '../../../base/ids.js';
import type { Card } from '../../../cards/card.js';
import type { ActivationRow } from '../../../store/schema.js';
import { portalApprovals } from '../../links.js';
import type { HouseServices } from '../../turn.js';
import { aboutOf, isOn, namedOf, verdictOf } from '../activations.js';
import { targetView } from '../target.js';
import type { DecidedView } from './decide-views.js';
import { askedView } from './status-card.js';

export interface Decided {
  readonly person: string;
  readonly reference?: string;
  /** Pressed, and not recorded yet. */
  readonly working?: boolean;
}

/** How a request ended, for one of those who could decide it. */
export function decidedCard(services: HouseServices, row: ActivationRow, to: Decided): Card {
  const verdict = verdictOf(row);
  const view: DecidedView = {
    state: to.working === true ? 'working' : stateOf(row),
    target: targetView(services, namedOf(row)),
    requester: aboutOf(row).personName,
    asked: askedView(row),
    decidedBy: verdict.byName,
    byYou: verdict.byId !== '' && verdict.byId === to.person,
    decidedAt: verdict.at,
    comment: verdict.comment,
    portalUrl: portalApprovals,
    reference: shortReference(to.reference ?? ''),
  };
  return { template: 'pim/decided', view };
}

function stateOf({ state }: ActivationRow): DecidedView['state'] {
  if (isOn(state) || state === 'scheduled' || state === 'ended') return 'approved';
  if (state === 'denied' || state === 'cancelled' || state === 'expired') return state;
  return 'closed';
}
