import { durationParts } from '../base/iso-duration.js';

const units = ['year', 'month', 'week', 'day', 'hour', 'minute'] as const;

/** `P1DT12H` in words: 1 day 12 hours. Undefined when it is not a duration that can be said in such words. */
export function durationText(iso: string): string | undefined {
  const parts = durationParts(iso);
  if (parts === undefined || parts.seconds > 0) return undefined;
  const words = units.flatMap((unit) => {
    const count = parts[`${unit}s`];
    return count === 0 ? [] : [`${count} ${unit}${count === 1 ? '' : 's'}`];
  });
  return words.length === 0 ? undefined : words.join(' ');
}
