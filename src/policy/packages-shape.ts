import { z } from 'zod/v4';
import { day } from '../base/clock.js';
import { byObjectId, objectIds, timeSpan } from './shape-parts.js';

/** The part of the policy file about access packages. */

const days = timeSpan.refine((span) => span % day === 0, 'write whole days, such as 30d');

export const packagesShape = z.strictObject({
  guestLongest: days,
  notices: z
    .array(days)
    .min(1, 'name at least one time span')
    .refine(isShrinking, 'must get shorter: the first is the earliest'),
  unusedAfter: timeSpan,
  owners: byObjectId(objectIds.refine((ids) => ids.length > 0, 'name at least one person')),
});

function isShrinking(spans: readonly number[]): boolean {
  return spans.every((each, index) => each < (spans[index - 1] ?? Number.POSITIVE_INFINITY));
}
