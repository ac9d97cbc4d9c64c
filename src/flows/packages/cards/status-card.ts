import { shortReference } from '../../../base/ids.js';
import type { Card } from '../../../cards/card.js';
import type { RequestInfo } from '../../../graph/entitlement.js';
import { myAccess } from '../../links.js';
import { nobody, type Verdict } from '../decide/verdict.js';
import type { RequestState, StatusView } from './status-views.js';

const stateOf: Readonly<Record<string, RequestState>> = {
  working: 'working',
  submitted: 'submitted',
  pendingApproval: 'waiting',
  scheduled: 'delivering',
  delivering: 'delivering',
  partiallyDelivered: 'delivering',
  delivered: 'delivered',
  deliveryFailed: 'failed',
  denied: 'denied',
  canceled: 'cancelled',
};

type Asked = Pick<RequestInfo, 'state' | 'packageId' | 'packageName' | 'justification' | 'createdAt'>;

export interface StatusExtras {
  readonly waitingFor?: string;
  readonly verdict?: Verdict;
  readonly reference?: string;
}

export function statusCard(tenantId: string, request: Asked, extras: StatusExtras = {}): Card {
  const { waitingFor = '', verdict = nobody, reference = '' } = extras;
  const state = stateOf[request.state] ?? 'submitted';
  const view: StatusView = {
    state: 'state' in verdict && verdict.state === 'expired' ? 'expired' : state,
    packageId: request.packageId,
    name: request.packageName,
    reason: request.justification,
    askedAt: request.createdAt,
    waitingFor: state === 'waiting' ? waitingFor : '',
    decidedBy: verdict.byName,
    decidedAt: verdict.at,
    comment: verdict.comment,
    portalUrl: myAccess(tenantId, 'request-history'),
    reference: shortReference(reference),
  };
  return { template: 'packages/status', view };
}
