import type { DecisionInfo } from '../../../graph/access-review.js';
import type { BannerView, VerdictView } from './views.js';

const undecided: VerdictView = { decision: 'NotReviewed', by: '', byYou: false, decidedAt: '', reason: '' };

export const noBanner: BannerView = {
  decision: '',
  name: '',
  item: '',
  seen: '',
  unsure: false,
  canUndo: false,
  reference: '',
};

/** What Entra has recorded about one person, and whose word it is. */
export function verdictView(item: DecisionInfo | undefined, viewer: string): VerdictView {
  if (item === undefined || item.decision === 'NotReviewed') return undecided;
  return {
    decision: item.decision,
    by: item.reviewedBy?.name ?? '',
    byYou: item.reviewedBy?.id === viewer,
    decidedAt: item.reviewedAt ?? '',
    reason: item.justification,
  };
}

/** `P30D` in days; Entra counts in days only. */
export function lookBackDays(duration: string): number {
  return Number(/^P(\d+)D/.exec(duration)?.[1] ?? 30);
}
