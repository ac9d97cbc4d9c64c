export interface Section {
  readonly title: string;
  readonly text: string;
  /** A column whose name ends in * holds absolute numbers, true for one machine only. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A Markdown table that can also be read as it is, in a terminal. */
export function tableOf({ head, rows }: Section): string {
  const widths = head.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
