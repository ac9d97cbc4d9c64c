/** People write the pattern of a ticket number; here it becomes one that cannot stall the bot. */

/** The most characters that are ever compared with it. */
export const ticketAtMost = 100;

/** More ways than this to read a hundred characters, and one wrong number takes seconds to refuse. */
const waysAtMost = 2_000_000;

export type PatternRead =
  | { readonly kind: 'ok'; readonly pattern: RegExp }
  | { readonly kind: 'problem'; readonly what: string };

/** The whole number has to fit, whether or not `^` and `$` were written. */
export function readTicketPattern(text: string): PatternRead {
  try {
    // By itself first: `a)(b` would only make sense between our own brackets.
    new RegExp(text, 'u');
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^.*\/u?: /s, '') : 'it cannot be read';
    return { kind: 'problem', what: `is not a regular expression: ${why}` };
  }
  if (waysToRead(text) <= waysAtMost) return { kind: 'ok', pattern: new RegExp(`^(?:${text})$`, 'u') };
  const what =
    'could keep the bot busy for minutes; repeat less, and nothing that already repeats or has alternatives, such as (a+)+ or (a|b)*';
  return { kind: 'problem', what };
}

const token =
  /\\(?:u\{[^}]*\}|[pP]\{[^}]*\}|k<[^>]*>|.)|\[(?:\\.|[^\]\\])*\]|\(\?(?:<?[=!]|<[^>]*>|[a-z-]*:)|\{\d+(?:,\d*)?\}\??|[*+?]\??|./gsu;

interface Level {
  /** Of the alternatives that are complete. */
  readonly done: number;
  readonly before: number;
  readonly last: number;
}

const fresh: Level = { done: 0, before: 1, last: 1 };

/** In how many ways, at most, a backtracking search can lay a valid pattern over a text of `ticketAtMost` characters. */
function waysToRead(pattern: string): number {
  const levels: Level[] = [];
  let level = fresh;
  for (const part of pattern.match(token) ?? []) {
    if (part.startsWith('(')) {
      levels.push(level);
      level = fresh;
    } else if (part === ')') {
      const outer = levels.pop() ?? fresh;
      level = followed(outer, waysOf(level));
    } else if (part === '|') {
      level = { ...fresh, done: waysOf(level) };
    } else if (/^(?:[*+?]|\{\d)/.test(part)) {
      level = { ...level, last: repeated(level.last, part) };
    } else {
      level = followed(level, 1);
    }
  }
  return waysOf(level);
}

function followed({ done, before, last }: Level, next: number): Level {
  return { done, before: before * last, last: next };
}

function waysOf({ done, before, last }: Level): number {
  return done + before * last;
}

function repeated(ways: number, quantifier: string): number {
  const [least, most] = countsOf(quantifier);
  if (ways === 1) return Math.min(most, ticketAtMost) - Math.min(least, ticketAtMost) + 1;
  let sum = 0;
  for (let times = least; times <= most && sum <= waysAtMost; times += 1) sum += ways ** times;
  return sum;
}

function countsOf(quantifier: string): readonly [least: number, most: number] {
  if (quantifier.startsWith('*')) return [0, Number.POSITIVE_INFINITY];
  if (quantifier.startsWith('+')) return [1, Number.POSITIVE_INFINITY];
  if (quantifier.startsWith('?')) return [0, 1];
  const [least = '0', most = least] = quantifier.replace(/[{}?]/g, '').split(',');
  return [Number(least), most === '' ? Number.POSITIVE_INFINITY : Number(most)];
}
