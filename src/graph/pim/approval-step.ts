import { z } from 'zod/v4';
import { flag, id, member, text, time } from '../fields.js';
import { parseAs } from '../parse.js';
import type { Step } from './activating.js';

/** Graph names an identity by its id and name, Azure by those of a principal. */
const reviewerShape = z
  .object({ id, displayName: text, principalId: id, principalName: text })
  .transform((by) => {
    const reviewer = by.id ?? by.principalId;
    const name = by.displayName === '' ? by.principalName : by.displayName;
    return reviewer === undefined ? undefined : { id: reviewer, name };
  })
  .catch(undefined);

const stepShape = z
  .object({
    id: z.string().min(1),
    status: member(['Initializing', 'InProgress', 'Completed', 'Expired']),
    reviewResult: member(['NotReviewed', 'Approved', 'Denied']),
    assignedToMe: flag,
    justification: text,
    reviewedBy: reviewerShape,
    reviewedDateTime: time,
  })
  .transform(
    (step): Step => ({
      id: step.id,
      status: step.status,
      // Before a step begins Entra may leave the result empty.
      result: step.reviewResult === '' ? 'NotReviewed' : step.reviewResult,
      assignedToMe: step.assignedToMe,
      justification: step.justification,
      reviewedBy: step.reviewedBy,
      reviewedAt: step.reviewedDateTime,
    }),
  );

export const asStep = parseAs(stepShape, 'step of an approval');
