import { day, minute } from '../../base/clock.js';

/** A request that nobody decides ends by itself then. */
export const decideWithin = day;
/** From then on the card says that it ends soon. */
export const endsSoon = 10 * minute;
/** Entra tells the bot itself of a request in its log only, and that may take a quarter of an hour. */
export const logHidesFor = 20 * minute;
/** Not said on our own clock alone before the log had time to tell how it ended. */
export const doubtFor = 30 * minute;
/** One look that finds nothing proves nothing: Entra's lists lag. */
export const missingFor = 3 * minute;
/** By then nearly every activation works; later the card gives advice. */
export const usuallyReadyWithin = 2 * minute;
