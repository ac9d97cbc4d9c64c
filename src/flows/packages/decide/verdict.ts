import type { RequestInfo, StageInfo } from '../../../graph/entitlement.js';
import type { DecidedView } from '../cards/decide-views.js';
import type { StageSeen } from '../seen.js';

/** How a request ended, or one stage of it, as far as whoever read it may know. */
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
  /** Of whoever would get the access. */
  readonly requesterName: string;
  readonly reason: string;
}

export function aboutOf(request: RequestInfo): About {
  return {
    packageName: request.packageName,
    requesterName: request.targetName === '' ? request.requestorName : request.targetName,
    reason: request.justification,
  };
}

/** The approver's own token shows who decided and with which words. Undefined: nobody has. */
export function stageSeen(stage: StageInfo | undefined): StageSeen | undefined {
  if (stage?.result !== 'Approved' && stage?.result !== 'Denied') return undefined;
  return {
    result: stage.result === 'Approved' ? 'approved' : 'denied',
    byId: stage.reviewedBy?.id ?? '',
    byName: stage.reviewedBy?.name ?? '',
    at: stage.reviewedAt ?? '',
    comment: stage.justification,
  };
}

/** What a decided stage is to those who could decide it. `of` stages are there in all; 0: nobody knows. */
export function verdictOfStage(stages: readonly StageSeen[], index: number, of: number): Verdict | undefined {
  const { result, ...by } = stages[index] ?? { result: undefined };
  if (result === undefined) return undefined;
  const goesOn = index + 1 < Math.max(of, stages.length);
  return { ...nobody, ...by, state: result === 'denied' ? 'denied' : goesOn ? 'passed' : 'approved' };
}

/**
 * How the request ended, with the words of whoever decided last, where they are known. Undefined: it is open. Who
 * approved an earlier stage than the last of `of` has not decided it.
 */
export function verdictOf(
  request: RequestInfo,
  stages: readonly StageSeen[],
  of: number,
): Verdict | undefined {
  const ended = verdictOfRequest(request);
  const last = stages.at(-1);
  if (ended === undefined || last === undefined || ended.state !== last.result) return ended;
  if (last.result === 'approved' && stages.length < of) return ended;
  const { result, ...by } = last;
  return { ...by, state: result };
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
