import type { AuditRow } from '../store/schema.js';
import type { Store } from '../store/store.js';
import { linesOf } from './read.js';

export interface ExportOptions {
  readonly format: 'jsonl' | 'csv';
  readonly from?: Date;
  readonly to?: Date;
}

const columns = ['seq', 'at', 'kind', 'actor', 'item', 'reference', 'data', 'previous', 'hash'] as const;

/** Line by line, so that a long record never stands in memory. */
export async function* exportRecord(store: Store, options: ExportOptions): AsyncGenerator<string> {
  if (options.format === 'csv') yield columns.join(',');
  for await (const line of linesOf(store)) {
    if (options.from !== undefined && line.at < options.from.getTime()) continue;
    if (options.to !== undefined && line.at >= options.to.getTime()) continue;
    yield options.format === 'csv' ? csvLine(line) : jsonLine(line);
  }
}

function jsonLine(line: AuditRow): string {
  return JSON.stringify({ ...line, at: new Date(line.at).toISOString(), data: JSON.parse(line.data) });
}

function csvLine(line: AuditRow): string {
  return columns
    .map((column) => csvCell(column === 'at' ? new Date(line.at).toISOString() : line[column]))
    .join(',');
}

/** RFC 4180; a cell that a spreadsheet would take for a formula is made text with an apostrophe. */
function csvCell(value: string | number): string {
  const text = String(value);
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
