import type { SigningKeys } from '../practice/sign-in/keys.js';
import { type House, openHouse } from './house.js';
import { type Made, reviewer, writeWorld } from './review-world.js';

export interface ReviewHouse extends House {
  /** The reviewer decides in the portal, past the bot. */
  decide(decisionPath: string): Promise<void>;
}

/** The house before a practice tenant with these reviews. */
export async function openReviewHouse(
  folder: string,
  keys: SigningKeys,
  reviews: readonly Made[],
): Promise<ReviewHouse> {
  writeWorld(folder, reviews);
  const house = await openHouse(folder, keys);
  const decision = { decision: 'Approve', justification: 'Still searches it every week' };
  return {
    ...house,
    decide: (decisionPath) => house.inPortal(reviewer, 'AccessReview.ReadWrite.All', decisionPath, decision),
  };
}
