import { minute } from '../../base/clock.js';

/** Between the clock of Entra and ours. */
export const clocksDiffer = 2 * minute;
