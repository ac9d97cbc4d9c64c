import type { RequestInfo } from '../../../graph/entitlement.js';
import type { HouseServices } from '../../turn.js';
import type { FailedAbout } from '../cards/failed-card.js';
import type { FailedView } from '../cards/failed-views.js';
import { isRemoval } from '../held/read-mine.js';
import { retryUntil } from './read-extras.js';

export const failedKind = 'packages.failed';

/** Not the item of the request itself: what its other cards show is not for those who run a delivery again. */
export function failedItem(requestId: string): string {
  return `failedDelivery:${requestId}`;
}

export function failedPurpose(requestId: string, person: string): string {
  return `${failedKind}:${requestId}:${person}`;
}

/** A failed delivery as the owners of its package see it. */
export function failedAbout(
  { policy, clock }: Pick<HouseServices, 'policy' | 'clock'>,
  request: RequestInfo,
): FailedAbout {
  const until = retryUntil(request);
  const late = until !== '' && Date.parse(until) <= clock.now().getTime();
  return {
    state: stateOf(request),
    removal: isRemoval(request),
    request: request.id,
    name: request.packageName,
    person: request.targetName || request.requestorName,
    reason: request.justification,
    askedAt: request.createdAt,
    failedAt: request.completedAt ?? '',
    until,
    status: request.status,
    act: policy.flows.packages === 'act' && !late,
  };
}

function stateOf({ state }: RequestInfo): FailedView['state'] {
  switch (state) {
    case 'deliveryFailed':
      return 'failed';
    case 'partiallyDelivered':
      return 'partly';
    case 'delivered':
      return 'delivered';
    case 'submitted':
    case 'scheduled':
    case 'delivering':
      return 'trying';
    default:
      return 'closed';
  }
}
