import { z } from 'zod/v4';
import { stableId } from '../ids.js';
import { people, tenantId } from '../people.js';

export const signInShape = z.object({
  id: z.string(),
  personId: z.string(),
  at: z.string(),
  app: z.string(),
  ip: z.string(),
  city: z.string(),
  country: z.string(),
  /** 0: it worked. */
  errorCode: z.int(),
  failure: z.string(),
  risk: z.enum(['none', 'low', 'medium', 'high', 'hidden']),
  riskState: z.enum(['none', 'atRisk', 'confirmedSafe', 'remediated', 'dismissed', 'confirmedCompromised']),
});
export type SignIn = z.infer<typeof signInShape>;

/** Where the people of this tenant are when nothing is odd. */
export const home = { city: 'Lisbon', country: 'PT', ip: '203.0.113.20' };
const newest = 5_000;
const usualDays = [26, 19, 12, 6, 2, 1];
const apps = ['Microsoft Teams', 'Office 365 SharePoint Online', 'Microsoft Azure Portal'];

/** An ordinary month; whoever has not begun has no sign-in, and guests sign in at home. */
export function seededSignIns(startedAt: Date): SignIn[] {
  const there = people.filter(
    (person) =>
      person.tenantId === tenantId && person.userType === 'Member' && person.startsInDays === undefined,
  );
  const all = there.flatMap((person, place) =>
    usualDays.map((days, index) => ({
      id: stableId(`sign-in ${index} of ${person.key}`),
      personId: person.id,
      at: new Date(startedAt.getTime() - days * 86_400_000 - place * 600_000).toISOString(),
      app: apps[index % apps.length] ?? 'Microsoft Teams',
      ...home,
      ...{ errorCode: 0, failure: '', risk: 'none' as const, riskState: 'none' as const },
    })),
  );
  return all.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

export function withSignIn(list: readonly SignIn[], added: SignIn): SignIn[] {
  const at = Date.parse(added.at);
  const place = list.findLastIndex((other) => Date.parse(other.at) <= at) + 1;
  return [...list.slice(0, place), added, ...list.slice(place)].slice(-newest);
}
