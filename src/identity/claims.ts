import { z } from 'zod/v4';

const one = z.object({ value: z.string().optional(), values: z.array(z.string()).optional() });
const challengeShape = z.object({ access_token: z.object({ acrs: one }) });

/** The authentication contexts that a claims challenge demands; none where it is about something else. */
export function contextsDemanded(claims: string): readonly string[] {
  const found = challengeShape.safeParse(parsed(claims));
  if (!found.success) return [];
  const { value, values = [] } = found.data.access_token.acrs;
  return value === undefined ? values : [value];
}

/** The same demand, however its JSON is spaced and ordered: three services write three kinds. */
export function plainClaims(claims: string): string {
  const value = parsed(claims);
  return value === undefined ? claims : JSON.stringify(sorted(value));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, each]) => [name, sorted(each)]));
}
