import { isAppError } from '../../../base/errors.js';
import {
  approvalStages,
  packageById,
  policyOf,
  type RequestInfo,
  requestById,
  type StageInfo,
} from '../../../graph/entitlement.js';
import type { CardRow } from '../../../store/schema.js';
import { cardFacts } from '../../known-card.js';
import type { Turn } from '../../turn.js';
import { itemId, packageTier, readMe } from '../offers.js';
import type { DecideFacts } from './rules.js';

export interface DecideReading {
  readonly facts: DecideFacts;
  readonly request: RequestInfo;
  /** The stage that was decided last, where there is one. */
  readonly decided: StageInfo | undefined;
}

/** The stages are read with the approver's own token: whom Entra does not show them, they cannot decide. */
export async function readDecideFacts(turn: Turn, row: CardRow, comment: string): Promise<DecideReading> {
  const reader = turn.services.graph.reader(turn.reference);
  const requestId = itemId(row);
  const [me, request, stages] = await Promise.all([
    readMe(turn),
    requestById(reader, requestId),
    stagesIfAny(turn, requestId),
  ]);
  const [offer, policy] = await Promise.all([
    packageById(reader, request.packageId),
    policyOf(reader, request),
  ]);
  const { tier, basis } = packageTier(turn.services.policy, offer);
  const waiting = stages.find((stage) => stage.result === 'NotReviewed' && stage.status === 'InProgress');
  const facts: DecideFacts = {
    capability: turn.services.policy.flows.packages,
    card: cardFacts(turn, row),
    me,
    request: {
      id: requestId,
      requestorId: request.requestorId,
      requestorName: request.requestorName,
      packageName: offer.name,
      reason: request.justification,
      pending: request.state === 'pendingApproval',
    },
    stage: waiting,
    tier,
    tierBasis: basis,
    comment,
    stages: policy.stages.length,
    commentRequired: policy.stages.some((stage) => stage.commentRequired),
  };
  return { facts, request, decided: stages.findLast((stage) => stage.result !== 'NotReviewed') };
}

/** Who is no approver, or no longer one, is refused by Entra itself: for the rules that is a stage nobody may decide. */
async function stagesIfAny(turn: Turn, requestId: string): Promise<readonly StageInfo[]> {
  try {
    return await approvalStages(turn.graph, requestId);
  } catch (error) {
    if (isAppError(error) && ['graph.forbidden', 'graph.not-found'].includes(error.code)) return [];
    throw error;
  }
}
