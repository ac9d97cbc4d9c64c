import type { RequestInfo, StageInfo } from '../../../graph/entitlement.js';
import type { DecidedView } from '../cards/decide-views.js';

/** How a request ended, as far as whoever read it may know. */
export interface Verdict {
  readonly state: DecidedView['state'];
  readonly byId: string;
  readonly byName: string;
  readonly at: string;
  readonly comment: string;
}

export const nobody = { byId: '', byName: '', at: '', comment: '' } as const;

export interface About {
  readonly packageName: string;
  readonly requesterName: string;
  readonly reason: string;
}

export function aboutOf(request: RequestInfo): About {
  return {
    packageName: request.packageName,
    requesterName: request.requestorName,
    reason: request.justification,
  };
}

/** The approver's own token shows who decided and with which words. */
export function verdictOfStage(stage: StageInfo | undefined): Verdict | undefined {
  if (stage === undefined || stage.result === 'NotReviewed') return undefined;
  return {
    state: stage.result === 'Approved' ? 'approved' : 'denied',
    byId: stage.reviewedBy?.id ?? '',
    byName: stage.reviewedBy?.name ?? '',
    at: stage.reviewedAt ?? '',
    comment: stage.justification,
  };
}

/** The bot's own token shows only what followed. */
export function verdictOfRequest(request: RequestInfo): Verdict | undefined {
  const at = request.completedAt ?? '';
  switch (request.state) {
    case 'denied':
      return {
        ...nobody,
        at,
        state: request.status.toLowerCase().includes('expired') ? 'expired' : 'denied',
      };
    case 'canceled':
      return { ...nobody, at, state: 'cancelled' };
    case 'scheduled':
    case 'delivering':
    case 'partiallyDelivered':
    case 'delivered':
    case 'deliveryFailed':
      return { ...nobody, at, state: 'approved' };
    // Still open, or a state that Entra has learned since: nothing is said that Entra did not say.
    default:
      return undefined;
  }
}
