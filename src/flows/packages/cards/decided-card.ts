import { shortReference } from '../../../base/ids.js';
import type { Card } from '../../../cards/card.js';
import { myAccess } from '../../links.js';
import type { About, Verdict } from '../decide/verdict.js';
import type { DecidedView } from './decide-views.js';

export interface DecidedFor {
  readonly id: string;
  readonly reference: string;
  /** Who decides next, where it goes on. */
  readonly nowWith?: string;
}

export function decidedCard(tenantId: string, about: About, verdict: Verdict, viewer: DecidedFor): Card {
  const view: DecidedView = {
    state: verdict.state,
    name: about.packageName,
    requester: about.requesterName,
    reason: about.reason,
    decidedBy: verdict.byName,
    byYou: verdict.byId !== '' && verdict.byId === viewer.id,
    decidedAt: verdict.at,
    comment: verdict.comment,
    nowWith: ['passed', 'not-yours'].includes(verdict.state) ? (viewer.nowWith ?? '') : '',
    portalUrl: myAccess(tenantId, 'approvals'),
    reference: shortReference(viewer.reference),
  };
  return { template: 'packages/decided', view };
}
