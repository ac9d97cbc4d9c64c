import { shortReference } from '../../../base/ids.js';
import type { Card } from '../../../cards/card.js';
import type { TierName } from '../../../policy/policy.js';
import { adminReviews } from '../../links.js';
import type { CreatedView, DraftView } from '../cards/owner-views.js';
import type { CreateArgs, ReadyReview } from './rules.js';

export function draftCard(
  ready: ReadyReview,
  { tier, seen, problem }: { readonly tier: TierName; readonly seen: string; readonly problem: string },
): Card {
  const view: DraftView = {
    group: ready.group,
    seen,
    name: ready.name,
    groupName: ready.groupName,
    tier,
    every: ready.every,
    startsAt: noonOf(ready.startsOn),
    days: ready.days,
    reviewers: ready.reviewers,
    owners: ready.owners.slice(0, 5).join(', '),
    reasonRequired: ready.reasonRequired,
    ifNobody: ready.ifNobody,
    autoApply: ready.autoApply,
    problem,
    portalUrl: adminReviews,
  };
  return { template: 'reviews/draft', view };
}

export function createdCard(
  args: CreateArgs,
  { state, reference }: { readonly state: CreatedView['state']; readonly reference: string },
): Card {
  const view: CreatedView = {
    state,
    name: args.name,
    groupName: args.groupName,
    every: args.every,
    startsAt: noonOf(args.startsOn),
    reference: shortReference(reference),
    portalUrl: adminReviews,
  };
  return { template: 'reviews/created', view };
}

/** A day without a time: at noon it is the same day for nearly everybody who reads it. */
function noonOf(date: string): string {
  return `${date}T12:00:00Z`;
}
