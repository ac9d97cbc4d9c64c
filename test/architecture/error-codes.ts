import type { ErrorTable } from '../../src/base/errors.js';

/** One line of the table in docs/errors.md: | `code` | what happened | what to do | for operators | */
const row = /^\| `([a-z]+\.[a-z-]+)` *\| ([^|]+)\| ([^|]+)\| ([^|]+)\|$/gm;

/** Where the code and its page say different things. */
export function errorCodeProblems(tables: readonly ErrorTable[], page: string): readonly string[] {
  const listed = new Map([...page.matchAll(row)].map((match) => [match[1] ?? '', match]));
  const known = new Map(tables.flatMap((table) => Object.entries(table)));
  const missing = [...known].flatMap(([code, { says, next }]) => {
    const line = listed.get(code);
    if (line === undefined) return [`${code} is not in docs/errors.md`];
    return line[2]?.trim() === says && line[3]?.trim() === next
      ? []
      : [`${code} says something else in docs/errors.md`];
  });
  const ghosts = [...listed.keys()].filter((code) => !known.has(code));
  return [...missing, ...ghosts.map((code) => `${code} is in docs/errors.md and nowhere else`)];
}
