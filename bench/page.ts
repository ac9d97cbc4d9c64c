export interface Section {
  readonly title: string;
  readonly text: string;
  /** A column whose name ends in * holds absolute numbers, true for one machine only. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function sectionText({ title, text, head, rows }: Section): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const table = [head, widths.map((width) => '-'.repeat(width)), ...rows].map(line);
  return `## ${title}\n\n${text}\n\n${table.join('\n')}\n`;
}

/** The value below which this part (0 to 1) of the samples lies. */
export function quantile(samples: readonly number[], part: number): number {
  return samples.toSorted((a, b) => a - b)[Math.floor(samples.length * part)] ?? 0;
}

/** Two or three digits that count, and never an exponent. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return 'not measured';
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(value >= 10 ? 3 : 2)));
}
