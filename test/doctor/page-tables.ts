import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '../../src/base/project-root.js';

export type Row = readonly string[];

/** The rows of every table on a page under a heading that starts like this, without its head; code marks are removed. */
export async function tableUnder(page: string, heading: string): Promise<readonly Row[]> {
  const text = await readFile(path.join(projectRoot(), page), 'utf8');
  const section = text.split(/^## /m).find((each) => each.startsWith(heading));
  if (section === undefined) throw new Error(`${page} has no section ${heading}`);
  const lines = section.split('\n').filter((line) => line.startsWith('|') && !/^\|[-|: ]+\|$/.test(line));
  return lines.slice(1).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}
