import { day } from '../../base/clock.js';
import type { Case } from './cases.js';

/** Everything that a case can be about. */
export const kindsOfCase = [
  'lost',
  'stolen',
  'broken',
  'new-phone',
  'locked-out',
  'key-lost',
  'starter',
  'not-me',
] as const satisfies readonly Case['kind'][];

/** Cards of a case live as long as the longest case may take. */
export const caseLivesMs = 60 * day;
