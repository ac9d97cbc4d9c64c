import { packageById } from '../../../graph/entitlement.js';
import type { CardRow } from '../../../store/schema.js';
import { cardFacts } from '../../known-card.js';
import type { Turn } from '../../turn.js';
import { itemId, packageTier, readMe } from '../offers.js';
import { cardStage } from './card-stage.js';
import { type Look, lookAsApprover } from './look.js';
import type { DecideFacts } from './rules.js';

export interface DecideReading {
  readonly facts: DecideFacts;
  readonly look: Look;
}

export async function readDecideFacts(turn: Turn, row: CardRow, comment: string): Promise<DecideReading> {
  const { services } = turn;
  const reader = services.graph.reader(turn.reference);
  const [me, look] = await Promise.all([readMe(turn), lookAsApprover(turn, turn.graph, itemId(row))]);
  const { request, policy, seen, waiting } = look;
  const offer = await packageById(reader, request.packageId);
  const { tier, basis } = packageTier(services.policy, offer);
  const stage = cardStage(row);
  const facts: DecideFacts = {
    capability: services.policy.flows.packages,
    card: { ...cardFacts(turn, row), stage },
    me,
    request: {
      id: request.id,
      packageId: request.packageId,
      requestorId: request.requestorId,
      targetId: request.targetId,
      targetName: request.targetName,
      packageName: offer.name,
      reason: request.justification,
      askedAt: request.createdAt,
      pending: request.state === 'pendingApproval',
    },
    decided: seen.stages.length,
    stages: policy.stages.length,
    stage: waiting,
    tier,
    tierBasis: basis,
    comment,
    commentRequired: policy.stages[stage]?.commentRequired ?? false,
  };
  return { facts, look };
}
