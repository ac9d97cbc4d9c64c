import { z } from 'zod/v4';
import { hour, minute } from '../base/clock.js';
import { byObjectId, objectIds, oneOf, timeSpan, yesNo } from './shape-parts.js';
import { readTicketPattern, ticketAtMost } from './ticket-pattern.js';

/** The parts of the policy file about roles that are activated just in time. */

const contextHint = 'write an authentication context from c1 to c99';

export const activationShape = z.strictObject({
  longest: timeSpan
    .refine((span) => span <= 24 * hour, 'is over 24h; Entra activates nothing for longer')
    .refine((span) => span >= 5 * minute, 'is under 5m; Entra ends nothing earlier'),
  ticket: oneOf('entra', 'always'),
  lookBack: yesNo,
  stepUp: z
    .string(contextHint)
    .regex(/^c[1-9]\d?$/, contextHint)
    .optional(),
});

const patternHint = "write a regular expression in single quotes, such as '[A-Z]{2,5}-[0-9]{1,8}'";

const ticketPattern = z
  .string(patternHint)
  .min(1, patternHint)
  .max(100, 'is over 100 characters')
  .transform((text, context) => {
    const read = readTicketPattern(text);
    if (read.kind === 'ok') return read.pattern;
    context.addIssue({ code: 'custom', message: read.what });
    return z.NEVER;
  });

/** One line, because it is shown and sent as one. */
const shortText = z
  .string('write a short text')
  .trim()
  .max(ticketAtMost, `is over ${ticketAtMost} characters`)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'must be one line');

const tickets = z
  .strictObject({
    systems: z
      .array(shortText.min(1, 'is empty'))
      .refine((names) => new Set(names).size === names.length, 'names the same system twice'),
    pattern: ticketPattern.optional(),
    example: shortText,
  })
  .refine(({ pattern, example }) => example === '' || pattern === undefined || pattern.test(example), {
    path: ['example'],
    message: 'does not fit the pattern above',
  });

const channelHint = 'write the id of a Teams channel, such as "19:…@thread.tacv2"';

export const pimShape = z.strictObject({
  azure: yesNo,
  tickets,
  emergency: objectIds.nullish().transform((ids) => ids ?? []),
  owners: byObjectId(objectIds.refine((ids) => ids.length > 0, 'name at least one person')),
  security: objectIds.refine((ids) => ids.length > 0, 'name at least one person: somebody has to be told'),
  securityChannel: z
    .string(channelHint)
    .regex(/^19:[\w.-]{1,200}@thread\.(?:tacv2|skype)$/, channelHint)
    .optional(),
  unusedAfter: timeSpan,
});
