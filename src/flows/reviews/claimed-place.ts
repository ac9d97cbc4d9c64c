import { z } from 'zod/v4';
import type { ReviewPlace } from '../../graph/access-review.js';

/** What the arguments of every claim of this flow begin with: where the decisions stand, and for whose card. */
export const claimedPlace = {
  definitionId: z.string(),
  instanceId: z.string(),
  /** Empty: a review without stages. */
  stageId: z.string(),
  review: z.string(),
  subjectName: z.string(),
  ref: z.string(),
  by: z.string(),
};

export function placeIn({
  definitionId,
  instanceId,
  stageId,
}: {
  readonly definitionId: string;
  readonly instanceId: string;
  readonly stageId: string;
}): ReviewPlace {
  return stageId === '' ? { definitionId, instanceId } : { definitionId, instanceId, stageId };
}
