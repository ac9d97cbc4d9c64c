import { isAppError } from '../../../base/errors.js';
import {
  approvalStages,
  type PolicyInfo,
  policyOf,
  type RequestInfo,
  requestById,
  type StageInfo,
} from '../../../graph/entitlement.js';
import type { GraphAs } from '../../../graph/graph.js';
import type { Turn } from '../../turn.js';
import { type OpenStage, openStage, stageAt } from '../follow/open-stage.js';
import { isNoted, learnStages, noteRequest, type Seen, seenOf } from '../seen.js';
import { stageSeen } from './verdict.js';

/** A request as Entra shows it to one of its approvers, and what the bot knows besides. */
export interface Look {
  readonly request: RequestInfo;
  readonly policy: PolicyInfo;
  /** With what was learned from this look. */
  readonly seen: Seen;
  /** The stage that waits for a decision; undefined: Entra shows this person none. */
  readonly waiting: WaitingStage | undefined;
}

export interface WaitingStage {
  readonly id: string;
  /** Counted from 0. */
  readonly index: number;
  readonly assignedToMe: boolean;
}

/** The stages are read with the approver's own token: whom Entra does not show them, they cannot decide. */
export async function lookAsApprover(turn: Turn, graph: GraphAs, requestId: string): Promise<Look> {
  const { services } = turn;
  const reader = services.graph.reader(turn.reference);
  const request = await requestById(reader, requestId);
  // Read after the request, never beside it: what somebody decides between the two reads is then on the stage.
  const stages = await stagesIfAny(graph, requestId);
  const policy = await policyOf(reader, request);
  const told = decidedAmong(stages);
  const news = await services.store.write(async (tx) => {
    // Whom Entra shows no stage may have no part in it: then only what is known already is kept true.
    if (stages.length === 0 && !(await isNoted(tx, requestId))) return false;
    await noteRequest(tx, services, request);
    if (stages.length === 0) return false;
    return learnStages(tx, services, requestId, told);
  });
  if (news) services.wake();
  const waiting = stages.find(isWaiting);
  return {
    request,
    policy,
    seen: await seenOf(services, requestId),
    waiting: waiting && { ...waiting, index: told.length },
  };
}

/** The decided stages come first, in the order in which they were decided. */
export function decidedAmong(stages: readonly StageInfo[]) {
  return stages
    .flatMap((stage) => stageSeen(stage) ?? [])
    .sort((a, b) => (Date.parse(a.at) || 0) - (Date.parse(b.at) || 0));
}

export function isWaiting({ result, status }: StageInfo): boolean {
  return result === 'NotReviewed' && status === 'InProgress';
}

/** The stage a card is about, even where nobody knows whether it is the open one. */
export function stageFor(look: Look, index: number, now: number): OpenStage | undefined {
  const { policy, seen, request } = look;
  const open = openStage(policy, seen, request, now);
  if (open?.index === index) return open;
  return stageAt(policy, index, seen.stages.length === index ? seen.stageSince : 0, now);
}

/** Who is no approver, or no longer one, is refused by Entra itself: for the rules that is a stage nobody may decide. */
async function stagesIfAny(graph: GraphAs, requestId: string): Promise<readonly StageInfo[]> {
  try {
    return await approvalStages(graph, requestId);
  } catch (error) {
    if (isAppError(error) && ['graph.forbidden', 'graph.not-found'].includes(error.code)) return [];
    throw error;
  }
}
