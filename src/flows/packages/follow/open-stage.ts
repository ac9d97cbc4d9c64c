import { hour, minute } from '../../../base/clock.js';
import { isoMinutes } from '../../../base/iso-duration.js';
import type { PolicyInfo, PolicyStageInfo } from '../../../graph/entitlement.js';
import type { Seen } from '../seen.js';

/** The stage that waits for somebody's word. */
export interface OpenStage {
  /** Counted from 0. */
  readonly index: number;
  readonly of: number;
  readonly rule: PolicyStageInfo;
  readonly since: number;
  /** When Entra denies the request by itself; 0: never, or nobody knows. */
  readonly deniedAt: number;
  /** When others may decide it as well; 0: never. */
  readonly escalatesAt: number;
  readonly escalated: boolean;
}

type Stages = Pick<PolicyInfo, 'stages'>;

/** Undefined: none is open, or it is not known which. Then nobody is asked whose turn it may not be. */
export function openStage(
  policy: Stages,
  { stages, stageSince }: Pick<Seen, 'stages' | 'stageSince'>,
  asked: { readonly createdAt: string },
  now: number,
): OpenStage | undefined {
  if (isDecided(policy, stages)) return undefined;
  const only = policy.stages.length === 1 ? Date.parse(asked.createdAt) || now : 0;
  const since = stageSince === 0 ? only : stageSince;
  if (since === 0) return undefined;
  const stage = stageAt(policy, stages.length, since, now);
  // It would have been denied long ago: Entra is at a later stage, of which nobody has told.
  const over = stage !== undefined && stage.deniedAt > 0 && now > stage.deniedAt + hour;
  return over && stage.index + 1 < stage.of ? undefined : stage;
}

/** Nothing is left to decide, whatever Entra's lists still show for a moment. */
export function isDecided(policy: Stages, stages: Seen['stages']): boolean {
  return stages.length >= policy.stages.length || stages.some(({ result }) => result === 'denied');
}

export function stageAt(policy: Stages, index: number, since: number, now: number): OpenStage | undefined {
  const rule = policy.stages[index];
  if (rule === undefined) return undefined;
  const deniedAt = after(since, rule.deniedAfter);
  const escalatesAt = rule.escalation === undefined ? 0 : after(since, rule.escalation.after);
  const escalated = escalatesAt > 0 && now >= escalatesAt;
  return { index, of: policy.stages.length, rule, since, deniedAt, escalatesAt, escalated };
}

function after(since: number, duration: string): number {
  const minutes = isoMinutes(duration);
  return minutes === 0 || since === 0 ? 0 : since + minutes * minute;
}
