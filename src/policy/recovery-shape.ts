import { z } from 'zod/v4';
import { day, minute } from '../base/clock.js';
import { byObjectId, isGrowing, objectIds, oneOf, timeSpan } from './shape-parts.js';

/** The part of the policy file about getting people back on their feet who cannot sign in. */

const peopleHint = 'write a whole number from 1 to 3';
const people = z.int(peopleHint).min(1, peopleHint).max(3, peopleHint);

const triesHint = 'write a whole number from 1 to 20';

/** A change that Entra's log has forgotten would look like none. */
const inTheLog = timeSpan.refine((span) => span <= 30 * day, 'is over 30d; Entra keeps its log no longer');

export const recoveryShape = z.strictObject({
  attestations: z
    .strictObject({ members: people, privileged: people })
    .refine(({ members, privileged }) => privileged >= members, {
      path: ['privileged'],
      message: 'may not be less than for members: more care, more people',
    }),
  attesters: byObjectId(objectIds.refine((ids) => ids.length > 0, 'name at least one person')),
  managerChangedWithin: inTheLog,
  coolDown: timeSpan,
  triesADay: z.int(triesHint).min(1, triesHint).max(20, triesHint),
  pass: z.strictObject({
    longest: timeSpan
      .refine((span) => span >= 10 * minute, 'is under 10m; Entra makes no pass that short')
      .refine((span) => span <= day, 'is over 1d; a pass opens everything that its owner may open'),
    once: oneOf('always', 'privileged', 'never'),
  }),
  block: z
    .array(
      oneOf(
        'manager-changed',
        'risky-sign-in',
        'method-changed',
        'repeated',
        'new-location',
        'opened-by-other',
      ),
    )
    .refine((flags) => new Set(flags).size === flags.length, 'names the same sign twice'),
  flagsLookBack: inTheLog,
  escalateAfter: z
    .array(timeSpan)
    .min(1, 'name at least one time span')
    .refine(isGrowing, 'must not get shorter'),
  helpDesk: objectIds.refine(
    (ids) => ids.length > 0,
    'name at least one person or group: somebody has to make the pass',
  ),
  security: objectIds.refine((ids) => ids.length > 0, 'name at least one person: somebody has to be told'),
  hireWindow: timeSpan,
});
