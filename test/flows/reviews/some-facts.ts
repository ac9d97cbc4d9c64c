import { hour } from '../../../src/base/clock.js';
import type { BulkFacts } from '../../../src/flows/reviews/bulk/rules.js';
import {
  type Decided,
  type DecideFacts,
  type DecideVerb,
  decideItem,
  type ItemFacts,
  type ReviewFacts,
} from '../../../src/flows/reviews/rules.js';
import type { Tier, TierName } from '../../../src/policy/policy.js';

const common = {
  approverComment: 'on-deny',
  guests: { mayAsk: false, mayApprove: false },
} as const;

export const tiers: Readonly<Record<TierName, Tier>> = {
  standard: {
    ...common,
    name: 'standard',
    reason: { atLeast: 10, refused: ['test', 'needed', 'yes'] },
    review: { reason: 'against', bulkKeep: true, every: 'per-project' },
    activation: { longest: 8 * hour, ticket: 'entra', lookBack: false },
  },
  sensitive: {
    ...common,
    name: 'sensitive',
    reason: { atLeast: 20, refused: ['test', 'needed', 'yes'] },
    review: { reason: 'keep', bulkKeep: false, every: 'quarterly' },
    activation: { longest: 4 * hour, ticket: 'entra', lookBack: false },
  },
  privileged: {
    ...common,
    name: 'privileged',
    reason: { atLeast: 40, refused: ['test', 'needed', 'yes'] },
    review: { reason: 'always', bulkKeep: false, every: 'monthly' },
    activation: { longest: 2 * hour, ticket: 'entra', lookBack: true },
  },
};

export const reason = 'Prepares the quarterly figures of the finance team with it';

export const item: ItemFacts = {
  id: 'd1',
  name: 'Leilani',
  principalId: 'finance',
  resourceId: 'group',
  decision: 'NotReviewed',
  byMe: false,
  reason: '',
  recommendation: 'NoInfoAvailable',
  seen: 'look-1',
};

const reviewFacts: ReviewFacts = {
  capability: 'act',
  expired: false,
  me: { id: 'manager', guest: false },
  running: true,
  selfReview: false,
  tier: tiers.standard,
  tierBasis: ['tiers.standard'],
  reasonRequired: false,
  recommendations: true,
  severalSubjects: false,
  notSure: 'remove',
  ref: 'r1',
  place: { definitionId: 'def', instanceId: 'ins', stageId: '', review: 'Quarterly', subjectName: 'Chat' },
};

/** A reviewer in front of an undecided item of a standard review: everything is allowed. */
export const decideFacts: DecideFacts = {
  ...reviewFacts,
  item,
  inBulk: false,
  fresh: true,
  reason: '',
};

export const bulkFacts: BulkFacts = {
  ...reviewFacts,
  items: [
    { id: 'd1', name: 'Leilani' },
    { id: 'd2', name: 'Tomasz' },
  ],
  fresh: true,
  reason: '',
};

/** What can stand in the way of anybody in any review, one change at a time. */
export const blockers: readonly (readonly [string, Partial<ReviewFacts>, string])[] = [
  ['the organisation only shows reviews', { capability: 'notify' }, 'flows.off'],
  ['the organisation switched reviews off', { capability: 'off' }, 'flows.off'],
  ['the review, or the stage of this card, is over', { running: false }, 'reviews.over'],
  ['the card is too old', { expired: true }, 'flows.card-expired'],
  ['a guest decides about others', { me: { id: 'guest', guest: true } }, 'reviews.no-guest-reviewer'],
];

export const nothing: Decided = { answer: 'NotReviewed', reason: '' };

export type Change = Partial<Omit<DecideFacts, 'item'>> & { readonly item?: Partial<ItemFacts> };

export function factsWith({ item: about, ...change }: Change): DecideFacts {
  return { ...decideFacts, ...change, item: { ...item, ...about } };
}

/** The code of a refusal, or what would be written. */
export function outcome(verb: DecideVerb, change: Change = {}, before = nothing): string | Decided {
  return outcomeOf(decideItem(verb, factsWith(change), before));
}

export function outcomeOf(decision: ReturnType<typeof decideItem>): string | Decided {
  if (decision.kind === 'refuse') return decision.code;
  const { answer, reason: why } = decision.permit.args;
  return { answer, reason: why };
}
