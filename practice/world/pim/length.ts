const units: readonly (readonly [string, number])[] = [
  ['H', 3_600_000],
  ['M', 60_000],
  ['S', 1_000],
];

/** ISO duration in hours, minutes and seconds, as people write it: `PT1H30M`. */
export function lengthText(ms: number): string {
  const parts = units.map(([unit, size], index) => {
    const before = units[index - 1]?.[1] ?? Number.POSITIVE_INFINITY;
    const count = Math.floor((ms % before) / size);
    return count > 0 ? `${count}${unit}` : '';
  });
  return `PT${parts.join('') || '0S'}`;
}
