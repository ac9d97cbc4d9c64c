import { durationMs } from './duration.js';
import type { Policy } from './packages.js';
import { refuse } from './refusal.js';

/** When somebody wants access, as it came in. */
export interface WishedTime {
  readonly startsAt: string | undefined;
  readonly endsAt: string | undefined;
  readonly duration: string | undefined;
}

/** Start and end of their own, where the policy lets people choose and they did. */
export function wishedSchedule(
  policy: Policy,
  wish: WishedTime,
  now: number,
): { readonly startsAt?: string; readonly endsAt?: string } {
  if (!wish.startsAt && !wish.endsAt && !wish.duration) return {};
  if (!policy.customSchedule)
    refuse(400, 'InvalidRequest', 'The policy does not allow a schedule of your own.');
  const start = Math.max(now, Date.parse(wish.startsAt ?? '') || now);
  const longest = start + (durationMs(policy.duration) ?? 0);
  const asked = wish.duration
    ? start + (durationMs(wish.duration) ?? Number.NaN)
    : Date.parse(wish.endsAt ?? '');
  const end = wish.duration || wish.endsAt ? asked : longest;
  if (!(end > start) || end > longest) {
    refuse(400, 'InvalidRequest', `The end must lie after the start and at most ${policy.duration} away.`);
  }
  const startsAt = start > now ? { startsAt: new Date(start).toISOString() } : {};
  return { ...startsAt, endsAt: new Date(end).toISOString() };
}
