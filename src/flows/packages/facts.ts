import { isAppError } from '../../base/errors.js';
import { userById } from '../../graph/directory.js';
import {
  approvalStages,
  myRequests,
  type PackageInfo,
  packageById,
  policyOf,
  type RequestInfo,
  requestById,
  requirementsFor,
  type StageInfo,
} from '../../graph/entitlement.js';
import type { Policy, Tier } from '../../policy/policy.js';
import { tierOf } from '../../policy/tier-of.js';
import type { CardRow } from '../../store/schema.js';
import { cardFacts } from '../known-card.js';
import type { Turn } from '../turn.js';
import type { AskFacts, DecideFacts } from './rules.js';

const openStates = ['submitted', 'pendingApproval', 'delivering', 'scheduled'];

/** Entra still works on it, or somebody has to decide it. */
export function isOpen(request: Pick<RequestInfo, 'state'>): boolean {
  return openStates.includes(request.state);
}

export interface Offer extends PackageInfo {
  readonly tier: Tier;
  readonly openRequest: RequestInfo | undefined;
}

export function offers(
  policy: Policy,
  offered: readonly PackageInfo[],
  mine: readonly RequestInfo[],
): readonly Offer[] {
  return offered.map((each) => ({
    ...each,
    tier: packageTier(policy, each).tier,
    openRequest: mine.find((request) => request.packageId === each.id && isOpen(request)),
  }));
}

export function packageTier(policy: Policy, { id, catalogId }: Pick<PackageInfo, 'id' | 'catalogId'>) {
  return tierOf(policy, { kind: 'package', id, ...(catalogId === undefined ? {} : { catalogId }) });
}

export function itemId(row: CardRow): string {
  return row.item.slice(row.item.indexOf(':') + 1);
}

async function readMe(turn: Turn) {
  const reader = turn.services.graph.reader(turn.reference);
  const me = await userById(reader, turn.actor.objectId);
  return { id: turn.actor.objectId, guest: me.guest };
}

export interface AskReading {
  readonly facts: AskFacts;
  readonly offer: PackageInfo;
  /** What this form, or an earlier one, already became. */
  readonly request: RequestInfo | undefined;
}

export async function readAskFacts(turn: Turn, row: CardRow, reason: string): Promise<AskReading> {
  const reader = turn.services.graph.reader(turn.reference);
  const packageId = itemId(row);
  const [me, offer, mine, requirements] = await Promise.all([
    readMe(turn),
    packageById(reader, packageId),
    myRequests(turn.graph),
    requirementsFor(turn.graph, packageId),
  ]);
  const { tier, basis } = packageTier(turn.services.policy, offer);
  const same = mine.filter((request) => request.packageId === packageId);
  const request = same.find(isOpen);
  const facts: AskFacts = {
    capability: turn.services.policy.flows.packages,
    card: cardFacts(turn, row),
    me,
    packageId,
    packageName: offer.name,
    requirement: requirements[0],
    tier,
    tierBasis: basis,
    reason,
    earlier: same.map(({ id }) => id),
    openRequest: request !== undefined,
  };
  return { facts, offer, request };
}

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
