/** The value below which this part (0 to 1) of the samples lies. */
export function quantile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

/** Three digits that count, and never an exponent. */
export function short(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return 'not measured';
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(value >= 10 ? 3 : 2)));
}

export function ratio(value: number | undefined, to: number | undefined): string {
  return value === undefined || to === undefined || to === 0 ? 'not measured' : short(value / to);
}
