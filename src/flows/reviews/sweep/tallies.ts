import { decisionPages } from '../../../graph/access-review.js';
import type { ReviewRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { aboutOf, placeOf } from '../packets.js';
import type { Tally } from './end-packets.js';

/** Ten pages; what is larger is not worth the wait of those whose cards should say that it is over. */
const countedUpTo = 1000;

/** By person: what each reviewer decided, for their last card. Without it the card is only less informative. */
export async function tallies(
  services: HouseServices,
  review: ReviewRow,
): Promise<ReadonlyMap<string, Tally>> {
  const counts = new Map<string, Tally>();
  const { total } = aboutOf(review);
  if (total < 0 || total > countedUpTo) return counts;
  try {
    const reader = services.graph.reader(services.ids.guid());
    for await (const page of decisionPages(reader, placeOf(review))) {
      for (const { decision, reviewedBy } of page) {
        if (reviewedBy !== undefined) counts.set(reviewedBy.id, plus(counts.get(reviewedBy.id), decision));
      }
    }
    return counts;
  } catch (error) {
    services.log.warn(
      { error, review: review.instance_id },
      'the decisions of a review could not be counted',
    );
    return new Map();
  }
}

function plus(tally: Tally = { kept: 0, removed: 0, unsure: 0 }, decision: string): Tally {
  switch (decision) {
    case 'Approve':
      return { ...tally, kept: tally.kept + 1 };
    case 'Deny':
      return { ...tally, removed: tally.removed + 1 };
    case 'DontKnow':
      return { ...tally, unsure: tally.unsure + 1 };
    default:
      return tally;
  }
}
