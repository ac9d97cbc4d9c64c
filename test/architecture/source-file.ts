import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { codeOf } from './code-of.js';

export interface SourceFile {
  /** Below the root, with slashes, such as `src/base/ids.ts`. */
  readonly path: string;
  readonly text: string;
  /** The text with comments and the insides of strings blanked out; every line is where it was. */
  readonly code: string;
}

export function sourceFile(filePath: string, text: string): SourceFile {
  return { path: filePath, text, code: codeOf(text) };
}

const roots = ['bot', 'src', 'practice', 'scripts', 'bench', 'test'];

/** All of our own code. */
export function readSources(root: string): readonly SourceFile[] {
  return roots.flatMap((folder) => {
    const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
    return files
      .filter((file) => /\.(ts|js)$/.test(file))
      .map((file) => {
        const name = [folder, ...file.split(path.sep)].join('/');
        return sourceFile(name, readFileSync(path.join(root, folder, file), 'utf8'));
      });
  });
}
