import { type FunctionFound, functionsOf } from './functions-of.js';
import type { SourceFile } from './source-file.js';

export const longestFile = 250;
export const longestFunction = 60;

/** What is too long in a file, or not allowed in any. */
export function budgetProblems(file: SourceFile): readonly string[] {
  return [...tooLong(file), ...notAllowed(file)];
}

function tooLong({ path, text, code }: SourceFile): readonly string[] {
  const lines = text.trimEnd().split('\n').length;
  const file = lines > longestFile ? [`${path} has ${lines} lines`] : [];
  const functions = functionsOf(code)
    .filter(({ lines: length }) => length > longestFunction)
    .filter((found) => !isScenery(path, code, found))
    .map(({ head, line, lines: length }) => `${path}:${line} is a function of ${length} lines: ${head}`);
  return [...file, ...functions];
}

/** A chapter of a test, or the stage it plays on: what hangs together there reads best in one piece. */
function isScenery(path: string, code: string, { head, line, lines }: FunctionFound): boolean {
  if (!path.startsWith('test/')) return false;
  const body = code
    .split('\n')
    .slice(line - 1, line - 1 + lines)
    .join('\n');
  return /\bit\(/.test(body) || /function (open|visit)\w+$/.test(head);
}

const unfinished = new RegExp(
  `\\b(${['TO', 'FIX', 'HA'].map((start, index) => start + ['DO', 'ME', 'CK'][index]).join('|')})\\b`,
);

const forbidden: readonly { readonly what: string; readonly pattern: RegExp; readonly inText?: true }[] = [
  { what: 'any', pattern: /(?:[:<|&,(]\s*|\bas\s+)any\b(?!\s*[:(])/ },
  { what: 'a non-null !', pattern: /[\w\])]!(?![=\w])/ },
  { what: 'a default export', pattern: /^export default\b/m },
  { what: 'something left to do', pattern: unfinished, inText: true },
];

function notAllowed({ path, text, code }: SourceFile): readonly string[] {
  // The pages of the room are JavaScript with types in comments; the compiler does not look at them.
  if (path.endsWith('.js')) return [];
  return forbidden.flatMap(({ what, pattern, inText }) => {
    const lines = (inText ? text : code).split('\n');
    const found = lines.findIndex(
      (line, index) => pattern.test(line) && !(path.startsWith('test/') && isExcused(text, index)),
    );
    return found === -1 ? [] : [`${path}:${found + 1} has ${what}`];
  });
}

/** In tests: the line above names the rule and says why: Biome sees to it that such a line is needed and gives a reason. */
function isExcused(text: string, index: number): boolean {
  return /biome-ignore lint\/\w+\/\w+: \w/.test(text.split('\n')[index - 1] ?? '');
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
