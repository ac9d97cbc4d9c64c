import type { PolicyInfo, RequestInfo } from '../../../graph/entitlement.js';
import { openStage } from '../follow/open-stage.js';
import type { StageSeen } from '../seen.js';

/** Where a request that waits stands, and what happens by itself if nobody decides. */
export interface StageClock {
  /** 1 for the first of `stages`; 0: not known. */
  readonly stage: number;
  readonly stages: number;
  readonly since: string;
  readonly decideBy: string;
  readonly escalatesAt: string;
  readonly escalated: boolean;
}

export const noClock: StageClock = {
  stage: 0,
  stages: 0,
  since: '',
  decideBy: '',
  escalatesAt: '',
  escalated: false,
};

export interface StagesSeen {
  readonly stages: readonly StageSeen[];
  /** 0: not known. */
  readonly stageSince: number;
  readonly policy?: PolicyInfo | undefined;
}

export function stageClock(
  request: Pick<RequestInfo, 'createdAt' | 'status'>,
  { policy, ...seen }: StagesSeen,
  now: number,
): StageClock {
  if (policy === undefined) return noClock;
  const open = openStage(policy, seen, request, now);
  if (open === undefined) return { ...noClock, stages: policy.stages.length };
  // Entra has a word of its own for it, which may come before our clock.
  const escalated = open.escalated || /escalated/i.test(request.status);
  return {
    stage: open.index + 1,
    stages: open.of,
    since: moment(open.since),
    decideBy: moment(open.deniedAt),
    escalatesAt: escalated ? '' : moment(open.escalatesAt),
    escalated,
  };
}

function moment(at: number): string {
  return at === 0 ? '' : new Date(at).toISOString();
}
