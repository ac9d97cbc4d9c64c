import type { DecisionInfo } from '../../src/graph/access-review.js';

export interface Said {
  readonly by?: string;
  /** Seconds after the review began. */
  readonly at?: number;
  readonly decision?: string;
  readonly recommendation?: string;
  readonly reason?: string;
  readonly about?: string;
}

const began = Date.parse('2026-03-02T09:00:00Z');

/** Decisions of a review as a table can tell them; without `by` nobody decided. */
export function someDecisions(said: readonly Said[]): readonly DecisionInfo[] {
  return said.map((each, index) => ({
    id: `item-${String(index).padStart(5, '0')}`,
    decision: each.by === undefined ? 'NotReviewed' : (each.decision ?? 'Approve'),
    recommendation: each.recommendation ?? 'Approve',
    justification: each.reason ?? '',
    reviewedAt: each.by === undefined ? undefined : new Date(began + (each.at ?? 0) * 1000).toISOString(),
    reviewedBy: each.by === undefined ? undefined : { id: each.by.toLowerCase(), name: each.by },
    applyResult: 'New',
    appliedAt: undefined,
    principal: {
      kind: 'user',
      id: `person-${index}`,
      name: each.about ?? `Person ${index}`,
      userPrincipalName: '',
    },
    resource: { id: 'group', name: 'AI Chat Users', type: 'group' },
    lastSignIn: undefined,
    outlier: undefined,
  }));
}

/** So many decisions of one person, so many seconds apart. */
export function inARow(by: string, times: number, seconds: number, more: Said = {}): readonly Said[] {
  return Array.from({ length: times }, (_, index) => ({ ...more, by, at: index * seconds }));
}
