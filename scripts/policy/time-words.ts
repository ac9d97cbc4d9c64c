import { day, hour, minute } from '../../src/base/clock.js';

const units = [
  ['day', day],
  ['hour', hour],
  ['minute', minute],
] as const;

/** `2 hours`, `90 minutes`, `1 day`: the largest unit that leaves nothing over. */
export function timeWords(span: number): string {
  const [unit, size] = units.find(([, each]) => span >= each && span % each === 0) ?? ['minute', minute];
  const count = Math.floor(span / size);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
