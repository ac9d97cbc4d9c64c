import { second } from '../base/clock.js';
import type { Answer, Call } from './answer.js';

/**
 * `refused`: no effect, and trying again changes nothing. `again`: no effect, and it may go well next time.
 * `unknown`: it may have had its effect.
 */
export type Verdict = 'refused' | 'again' | 'unknown';

/** Pure: what a try that did not succeed says about the call. */
export function verdictOn({ meaning }: Pick<Call, 'meaning'>, answer: Answer): Verdict {
  if (meaning === 'read') return verdictOnRead(answer);
  if (answer.kind === 'lost') return answer.unsent ? 'again' : 'unknown';
  if (answer.status === 429) return 'again';
  // A busy front door names a time to come back; something behind it that broke does not. A POST is not risked on that.
  if (answer.status === 503 && meaning !== 'create' && retryAfter(answer, 0) !== undefined) return 'again';
  return answer.status === 408 || answer.status >= 500 ? 'unknown' : 'refused';
}

function verdictOnRead(answer: Answer): Verdict {
  if (answer.kind === 'lost') return 'again';
  if (answer.status < 300) return 'again';
  return [429, 502, 503, 504].includes(answer.status) ? 'again' : 'refused';
}

/** In milliseconds; from seconds or from an HTTP date. */
export function retryAfter(answer: Answer, nowMs: number): number | undefined {
  const text = answer.kind === 'answered' ? (answer.headers.get('retry-after')?.trim() ?? '') : '';
  if (/^\d{1,6}$/.test(text)) return Number(text) * second;
  const at = text === '' ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

const firstPauseMs = 300;
const longestPauseMs = 4 * second;

/** Full jitter: clients that were turned away together do not come back together. */
export function jitter(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(longestPauseMs, firstPauseMs * 2 ** attempt));
}
