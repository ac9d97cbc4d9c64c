import { minute } from '../../../base/clock.js';
import { durationText } from '../../../cards/duration-text.js';

/** `3 hours 5 minutes`; days alone once there are some. Empty: less than a minute. */
export function spanText(ms: number): string {
  const minutes = Math.round(ms / minute);
  const days = Math.floor(minutes / (24 * 60));
  const text = days > 0 ? `P${days}D` : `PT${Math.floor(minutes / 60)}H${minutes % 60}M`;
  return durationText(text) ?? '';
}
