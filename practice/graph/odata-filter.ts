import { type Entity, valueAt } from './entity.js';
import { badRequest } from './odata-query.js';
import { noSuchProperty } from './odata-shape.js';
import { filterTokens, type Token } from './odata-tokens.js';

export type Predicate = (entity: Entity) => boolean;
type Operand = (entity: Entity) => unknown;

/**
 * `$filter` as Graph reads it: and, or, not, brackets; eq, ne, gt, ge, lt, le, in; startswith, endswith, contains.
 */
export function filterPredicate(filter: string): Predicate {
  const tokens = filterTokens(filter);
  const cursor = { at: 0 };
  const parser: Parser = {
    peek: () => tokens[cursor.at],
    take: () => {
      cursor.at += 1;
      return tokens[cursor.at - 1] ?? badRequest(`Invalid filter clause: '${filter}' ends too early.`);
    },
    wrong: () => badRequest(`Invalid filter clause: syntax error in '${filter}'.`),
  };
  const predicate = either(parser);
  return cursor.at === tokens.length ? predicate : parser.wrong();
}

interface Parser {
  peek(): Token | undefined;
  take(): Token;
  wrong(): never;
}

function either(parser: Parser): Predicate {
  let left = all(parser);
  while (isWord(parser.peek(), 'or')) {
    parser.take();
    const [first, second] = [left, all(parser)];
    left = (entity) => first(entity) || second(entity);
  }
  return left;
}

function all(parser: Parser): Predicate {
  let left = single(parser);
  while (isWord(parser.peek(), 'and')) {
    parser.take();
    const [first, second] = [left, single(parser)];
    left = (entity) => first(entity) && second(entity);
  }
  return left;
}

function single(parser: Parser): Predicate {
  if (isWord(parser.peek(), 'not')) {
    parser.take();
    const inner = single(parser);
    return (entity) => !inner(entity);
  }
  if (isSign(parser.peek(), '(')) {
    parser.take();
    const inner = either(parser);
    expectSign(parser, ')');
    return inner;
  }
  return comparison(parser);
}

function comparison(parser: Parser): Predicate {
  const first = parser.take();
  const name = first.text.toLowerCase();
  if (first.kind === 'word' && name in textTests && isSign(parser.peek(), '(')) return textTest(parser, name);
  const left = operand(first);
  const operator = parser.take().text;
  if (operator === 'in') return membership(parser, left);
  const compare = comparisons[operator] ?? parser.wrong();
  const right = operand(parser.take());
  return (entity) => compare(comparable(left(entity)), comparable(right(entity)));
}

function membership(parser: Parser, left: Operand): Predicate {
  expectSign(parser, '(');
  const options = [operand(parser.take())];
  while (isSign(parser.peek(), ',')) {
    parser.take();
    options.push(operand(parser.take()));
  }
  expectSign(parser, ')');
  // Directory objects refuse longer lists; governance objects were not seen to take more either.
  if (options.length > 15)
    badRequest('Too many child clauses specified in search filter expression: more than 15.');
  return (entity) => options.some((option) => comparable(option(entity)) === comparable(left(entity)));
}

const textTests: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
  contains: (text, part) => text.includes(part),
};

function textTest(parser: Parser, name: string): Predicate {
  expectSign(parser, '(');
  const text = operand(parser.take());
  expectSign(parser, ',');
  const part = operand(parser.take());
  expectSign(parser, ')');
  const test = textTests[name] ?? parser.wrong();
  return (entity) => test(String(text(entity) ?? '').toLowerCase(), String(part(entity)).toLowerCase());
}

type Comparable = string | number | boolean | null;

const comparisons: Readonly<Record<string, (a: Comparable, b: Comparable) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  gt: (a, b) => a !== null && b !== null && a > b,
  ge: (a, b) => a !== null && b !== null && a >= b,
  lt: (a, b) => a !== null && b !== null && a < b,
  le: (a, b) => a !== null && b !== null && a <= b,
};

const moment = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/;

// Text compares without regard to case, as in the directory; moments by their time, not their spelling.
function comparable(value: unknown): Comparable {
  if (typeof value === 'string') return moment.test(value) ? Date.parse(value) : value.toLowerCase();
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function operand(token: Token): Operand {
  if (token.kind === 'text') return () => token.text;
  if (token.kind === 'sign')
    return badRequest(`Invalid filter clause: '${token.text}' stands in the wrong place.`);
  const { text } = token;
  if (text === 'null') return () => null;
  if (text === 'true' || text === 'false') return () => text === 'true';
  if (/^-?\d+(\.\d+)?$/.test(text)) return () => Number(text);
  if (moment.test(text)) return () => text;
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return () => text;
  return (entity) => {
    const { known, value } = valueAt(entity, text);
    return known ? value : noSuchProperty(entity, text);
  };
}

function isWord(token: Token | undefined, text: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === text;
}

function isSign(token: Token | undefined, text: string): boolean {
  return token?.kind === 'sign' && token.text === text;
}

function expectSign(parser: Parser, text: string): void {
  if (!isSign(parser.take(), text)) parser.wrong();
}
