import { minute } from '../../base/clock.js';
import { durationText } from '../../cards/duration-text.js';

/** `1 hour 30 minutes`; empty: nobody told. */
export function lastsText(minutes: number): string {
  if (minutes <= 0) return '';
  return durationText(`PT${Math.floor(minutes / 60)}H${minutes % 60}M`) ?? '';
}

/** How long it still lasts, in whole minutes; empty when it is over. */
export function leftText(until: number, now: number): string {
  return lastsText(Math.floor((until - now) / minute));
}
