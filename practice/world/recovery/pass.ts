import { createHash, randomInt } from 'node:crypto';
import { z } from 'zod/v4';

/** What the tenant allows about Temporary Access Passes. */
export const passPolicyShape = z.object({
  enabled: z.boolean(),
  defaultMinutes: z.int(),
  leastMinutes: z.int(),
  longestMinutes: z.int(),
  length: z.int(),
  oneTimeOnly: z.boolean(),
  /** Object ids of groups, or `all_users`. */
  includes: z.array(z.string()),
  excludes: z.array(z.string()),
});
export type PassPolicy = z.infer<typeof passPolicyShape>;

/** The code itself is never kept: what it is compared with is enough. */
export const passShape = z.object({
  id: z.string(),
  personId: z.string(),
  createdAt: z.string(),
  startsAt: z.string(),
  minutes: z.int(),
  once: z.boolean(),
  /** Empty: not yet. */
  usedAt: z.string(),
  codeHash: z.string(),
});
export type Pass = z.infer<typeof passShape>;

export type Usability = 'EnabledByPolicy' | 'DisabledByPolicy' | 'Expired' | 'NotYetValid' | 'OneTimeUsed';

export const allUsers = 'all_users';
/** The range that the schema allows, whatever the policy says. */
export const passRange = { least: 10, longest: 43_200 };

export const usualPolicy: PassPolicy = {
  enabled: true,
  defaultMinutes: 60,
  leastMinutes: 60,
  longestMinutes: 480,
  length: 8,
  oneTimeOnly: false,
  includes: [allUsers],
  excludes: [],
};

/** Whether the pass opens the door now, and the word of Entra for why. */
export function usability(
  pass: Pass,
  { policy, groupIds, now }: { policy: PassPolicy; groupIds: readonly string[]; now: number },
): Usability {
  if (pass.once && pass.usedAt !== '') return 'OneTimeUsed';
  if (now >= endOf(pass)) return 'Expired';
  if (!policy.enabled || !inScope(policy, groupIds)) return 'DisabledByPolicy';
  return now < Date.parse(pass.startsAt) ? 'NotYetValid' : 'EnabledByPolicy';
}

export function endOf({ startsAt, minutes }: Pass): number {
  return Date.parse(startsAt) + minutes * 60_000;
}

/** Whom the policy is about: an exclusion wins over everything. */
export function inScope({ includes, excludes }: PassPolicy, groupIds: readonly string[]): boolean {
  const isIn = (list: readonly string[]): boolean =>
    list.some((id) => id === allUsers || groupIds.includes(id.toLowerCase()));
  return isIn(includes) && !isIn(excludes);
}

// No letters that sound or look like another. Signs are there, as in real ones: what shows a code must not read them as markup.
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789';
const signs = '!?+*=@#_';

export function newCode(length: number): string {
  const all = `${letters}${signs}`;
  const rest = Array.from({ length: length - 2 }, () => all[randomInt(all.length)]).join('');
  return `${letters[randomInt(letters.length)]}${rest}${letters[randomInt(letters.length)]}`;
}

export function hashOf(code: string): string {
  return createHash('sha256').update(`practice pass: ${code}`).digest('hex');
}
