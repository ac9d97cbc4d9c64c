import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder with package.json: compiled code runs from dist/, templates and pictures stay where people edit them. */
export function projectRoot(from: string = fileURLToPath(import.meta.url)): string {
  const folder = path.dirname(from);
  if (existsSync(path.join(folder, 'package.json'))) return folder;
  if (folder === path.dirname(folder)) throw new TypeError('No package.json above the code');
  return projectRoot(folder);
}
