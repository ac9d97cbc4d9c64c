import { z } from 'zod/v4';
import { packagesShape } from './packages-shape.js';
import { activationShape, pimShape } from './pim-shape.js';
import type { TierName } from './policy.js';
import { recoveryShape } from './recovery-shape.js';
import { byObjectId, isGrowing, oneOf, timeSpan, yesNo } from './shape-parts.js';

/** The policy file as people write it. Every message says what is allowed, because it is read beside the file. */

const clockTime = z
  .string('write a time of day such as "18:30", with quotes')
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day such as "18:30", with quotes');

const timeZone = z
  .string('write a time zone such as Europe/Vienna')
  .refine(isTimeZone, 'is not a time zone this computer knows; write one such as Europe/Vienna');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const tier = z.strictObject({
  reason: z.strictObject({
    atLeast: z
      .int('write a whole number from 0 to 1000')
      .min(0, 'may not be negative')
      .max(1000, 'is over 1000'),
    refused: z.array(z.string('write a word').trim().min(1, 'is empty')),
  }),
  approverComment: oneOf('optional', 'on-deny', 'always'),
  guests: z.strictObject({ mayAsk: yesNo, mayApprove: yesNo }),
  review: z.strictObject({
    reason: oneOf('against', 'keep', 'always'),
    bulkKeep: yesNo,
    every: oneOf('monthly', 'quarterly', 'half-yearly', 'yearly', 'per-project'),
  }),
  activation: activationShape,
});

const tiers = z
  .strictObject({ standard: tier, sensitive: tier, privileged: tier })
  .refine(({ privileged }) => !privileged.guests.mayApprove, {
    path: ['privileged', 'guests', 'mayApprove'],
    message: 'a guest never decides about privileged access; write false',
  })
  .refine(({ sensitive }) => !sensitive.review.bulkKeep, oneByOne('sensitive'))
  .refine(({ privileged }) => !privileged.review.bulkKeep, oneByOne('privileged'))
  .refine(({ standard, sensitive }) => isLonger(standard, sensitive), noLonger('sensitive', 'standard'))
  .refine(
    ({ sensitive, privileged }) => isLonger(sensitive, privileged),
    noLonger('privileged', 'sensitive'),
  );

function oneByOne(name: TierName) {
  return {
    path: [name, 'review', 'bulkKeep'],
    message: `${name} access is kept one person at a time; write false`,
  };
}

type Activated = Pick<z.infer<typeof tier>, 'activation'>;

function isLonger(less: Activated, more: Activated): boolean {
  return less.activation.longest >= more.activation.longest;
}

function noLonger(more: TierName, less: TierName) {
  return {
    path: [more, 'activation', 'longest'],
    message: `may not be longer than that of ${less}: more care, less time`,
  };
}

const bulkLimit = 'write a whole number from 1 to 500';

const capability = oneOf('off', 'notify', 'act');
const tierName = oneOf('standard', 'sensitive', 'privileged');

const assigned = byObjectId(tierName);

export const policyShape = z.strictObject({
  flows: z.strictObject({ packages: capability, reviews: capability, pim: capability, recovery: capability }),
  defaultTier: tierName,
  tiers,
  assigned: z.strictObject({
    groups: assigned,
    roles: assigned,
    packages: assigned,
    catalogs: assigned,
    applications: assigned,
    azureRoles: assigned,
  }),
  packages: packagesShape,
  reviews: z.strictObject({
    notSure: oneOf('remove', 'dont-know'),
    bulkAtMost: z.int(bulkLimit).min(1, bulkLimit).max(500, bulkLimit),
  }),
  pim: pimShape,
  recovery: recoveryShape,
  notices: z.strictObject({
    timeZone,
    quiet: z
      .strictObject({ from: clockTime, to: clockTime })
      .refine(({ from, to }) => from !== to, {
        path: ['to'],
        message: 'is the same as from: no time would be left',
      })
      .optional(),
    gaps: z.array(timeSpan).min(1, 'name at least one time span').refine(isGrowing, 'must not get shorter'),
  }),
});

/** The keys that may stand below a path; none where any may, or where there can be no keys. */
export function keysAllowedAt(path: readonly PropertyKey[]): readonly string[] {
  let shape: unknown = policyShape;
  for (const key of path) {
    const inner = shape instanceof z.ZodOptional ? shape.unwrap() : shape;
    shape = inner instanceof z.ZodObject ? inner.shape[String(key)] : undefined;
  }
  const inner = shape instanceof z.ZodOptional ? shape.unwrap() : shape;
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}
