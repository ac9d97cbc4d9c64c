export interface FunctionFound {
  /** Its first line, for people. */
  readonly head: string;
  readonly line: number;
  readonly lines: number;
}

const pairs: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']', '<': '>' };
const blocks = /\b(if|for|while|switch|catch|with)\s*$/;

/** Every function with a body in braces, in code without strings and comments. */
export function functionsOf(code: string): readonly FunctionFound[] {
  const found: FunctionFound[] = [];
  for (let at = code.indexOf('('); at !== -1; at = code.indexOf('(', at + 1)) {
    const head = code.slice(code.lastIndexOf('\n', at) + 1, at);
    if (blocks.test(code.slice(Math.max(0, at - 12), at))) continue;
    const close = matching(code, at);
    const body = close === undefined ? undefined : bodyAfter(code, close + 1);
    const end = body === undefined ? undefined : matching(code, body);
    if (end === undefined) continue;
    const line = lineAt(code, at);
    found.push({ head: head.trim(), line, lines: lineAt(code, end) - line + 1 });
  }
  return [...found, ...bareArrows(code)];
}

/** `one => {` has no brackets to start from. */
function bareArrows(code: string): readonly FunctionFound[] {
  return [...code.matchAll(/\b(\w+) => \{/g)].flatMap((match) => {
    const end = matching(code, match.index + match[0].length - 1);
    if (end === undefined) return [];
    const line = lineAt(code, match.index);
    return [{ head: match[1] ?? '', line, lines: lineAt(code, end) - line + 1 }];
  });
}

/** The brace that opens the body, where one follows the parameters, past a return type and an arrow. */
function bodyAfter(code: string, from: number): number | undefined {
  let at = skipBlank(code, from);
  if (code[at] === ':') at = skipType(code, at + 1);
  if (code.startsWith('=>', at)) at = skipBlank(code, at + 2);
  return code[at] === '{' ? at : undefined;
}

/** A brace belongs to the type where the type is not finished yet. */
function skipType(code: string, from: number): number {
  let at = skipBlank(code, from);
  while (at < code.length) {
    const before = code.slice(from, at).trimEnd();
    const unfinished =
      before === '' || /([|&:,?<]|=>|\b(readonly|keyof|typeof|extends|is|asserts))$/.test(before);
    const char = code[at] ?? '';
    if ('{[(<'.includes(char) && (unfinished || char !== '{')) {
      const end = matching(code, at);
      if (end === undefined) return at;
      at = end + 1;
    } else if (char === '{' || ';,)'.includes(char) || (code.startsWith('=>', at) && !before.endsWith(')'))) {
      return at;
    } else if (code.startsWith('=>', at)) {
      // `(x) => y` as a type goes on; `): T => {` is the arrow itself.
      const next = skipBlank(code, at + 2);
      if (code[next] === '{') return at;
      at = next;
    } else {
      at += 1;
    }
  }
  return at;
}

function matching(code: string, open: number): number | undefined {
  const stack: string[] = [];
  for (let at = open; at < code.length; at += 1) {
    const char = code[at] ?? '';
    const angle = char === '<' || char === '>';
    if (angle && (code[open] !== '<' || code[at - 1] === '=')) continue;
    const close = pairs[char];
    if (close !== undefined) stack.push(close);
    else if (char === stack.at(-1)) {
      stack.pop();
      if (stack.length === 0) return at;
    }
  }
  return undefined;
}

function skipBlank(code: string, from: number): number {
  let at = from;
  while (/\s/.test(code[at] ?? '')) at += 1;
  return at;
}

function lineAt(code: string, at: number): number {
  return code.slice(0, at).split('\n').length;
}
