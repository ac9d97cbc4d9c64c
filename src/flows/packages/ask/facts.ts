import {
  myRequests,
  type PackageInfo,
  packageById,
  type RequestInfo,
  requirementsFor,
} from '../../../graph/entitlement.js';
import type { CardRow } from '../../../store/schema.js';
import { cardFacts } from '../../known-card.js';
import type { Turn } from '../../turn.js';
import { isOpen, itemId, packageTier, readMe } from '../offers.js';
import type { AskFacts } from './rules.js';

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
