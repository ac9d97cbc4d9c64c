import type { Person } from '../people.js';
import { defaultMethod, type Preference, preferenceOf, registeredNames } from './methods.js';
import type { Moment } from './outcome.js';
import { seededMethods } from './seeds.js';
import type { RecoveryState } from './state.js';

/** One line of the report of registrations, which is always somewhat behind. */
export interface Registration {
  readonly registered: readonly string[];
  readonly preferred: Preference;
  readonly updatedAt: string;
}

export function registrationOf(
  { reported, settings }: RecoveryState,
  { now, startedAt }: Moment,
  person: Person,
): Registration {
  const caughtUp = now - settings.reportDelayMs;
  const found = reported.findLast(({ personId, at }) => personId === person.id && Date.parse(at) <= caughtUp);
  if (found) return { ...found, updatedAt: found.at };
  const methods = seededMethods(person.id, startedAt);
  const able = defaultMethod(methods, undefined);
  return {
    registered: registeredNames(methods),
    preferred: able ? preferenceOf(able) : 'none',
    updatedAt: startedAt.toISOString(),
  };
}
