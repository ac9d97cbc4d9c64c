import type { Card } from '../../../cards/card.js';
import { myDecisions } from '../../../graph/access-review.js';
import type { ReviewRow } from '../../../store/schema.js';
import { myAccess } from '../../links.js';
import type { HouseServices, Turn } from '../../turn.js';
import type { Reading } from '../facts.js';
import { aboutOf } from '../packets.js';
import { noEnd } from '../sweep/time-of.js';
import { noBanner } from './item-views.js';
import { dueAt, subjectLine } from './packet-card.js';
import type { BannerView, OverView } from './views.js';

const unknown = { kept: -1, removed: -1, unsure: -1, left: -1 };

/** There is nothing to press any more; the card says why. */
export function closedCard(
  services: HouseServices,
  review: ReviewRow,
  why: OverView['why'],
  ref = '',
): Card & { readonly view: OverView } {
  const about = aboutOf(review);
  const view: OverView = {
    ...unknown,
    why,
    review: about.review,
    subject: subjectLine(services, about),
    endsAt: dueAt(review),
    self: about.selfReview,
    banner: noBanner,
    ref,
    portalUrl: myAccess(services.tenantId, 'access-reviews'),
  };
  return { template: 'reviews/over', view };
}

/** Its reader looks at a review that runs no more, or whose stage is over. */
export function overCard(services: HouseServices, { review, instanceRunning }: Reading): Card {
  if (instanceRunning) return closedCard(services, review, 'stage');
  // Until the sweep has seen the end, only the clock can tell whether somebody stopped it.
  const { state, ends_at } = review;
  const early = state === 'running' && ends_at !== noEnd && ends_at > services.clock.now().getTime();
  return closedCard(services, review, early || state === 'stopped' ? 'stopped' : 'ended');
}

/** All of this reader's is decided; until the review ends they may look back and change their mind. */
export async function finishedCard(
  turn: Turn,
  { place, review, ref }: Reading,
  banner: BannerView,
): Promise<Card> {
  const counts = await Promise.all(
    ['Approve', 'Deny', 'DontKnow'].map(
      async (decision) => (await myDecisions(turn.graph, place, { decision, top: 1 })).count ?? -1,
    ),
  );
  const [kept = -1, removed = -1, unsure = -1] = counts;
  const card = closedCard(turn.services, review, 'finished', ref);
  return { ...card, view: { ...card.view, kept, removed, unsure, left: 0, banner } };
}
