/** Blanks out comments, strings, templates and regular expressions, so that what is left is code and nothing else. */
export function codeOf(text: string): string {
  let code = '';
  let at = 0;
  while (at < text.length) {
    const end = endOfOther(text, at, code);
    if (end === undefined) {
      code += text[at];
      at += 1;
    } else {
      code += text.slice(at, end).replace(/[^\n]/g, ' ').replace(/^./, '"').replace(/.$/, '"');
      at = end;
    }
  }
  return code;
}

/** Where the string, comment or pattern that begins here ends; undefined when code goes on here. */
function endOfOther(text: string, at: number, before: string): number | undefined {
  const two = text.slice(at, at + 2);
  if (two === '//') return endAt(text, '\n', at);
  if (two === '/*') return endAt(text, '*/', at + 2) + 2;
  const [char] = two;
  if (char === '"' || char === "'") return endOfQuoted(text, at + 1, char);
  if (char === '`') return endOfTemplate(text, at + 1);
  return char === '/' && patternMayFollow(before) ? endOfPattern(text, at + 1) : undefined;
}

function endAt(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found;
}

function endOfQuoted(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote) return at + 1;
  }
  return text.length;
}

/** A template holds code, which holds templates. Braces in its code are counted, strings in it skipped. */
function endOfTemplate(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '`') return at + 1;
    else if (text.startsWith('${', at)) at = endOfHole(text, at + 2) - 1;
  }
  return text.length;
}

function endOfHole(text: string, from: number): number {
  let depth = 1;
  let at = from;
  while (at < text.length && depth > 0) {
    const end = endOfOther(text, at, text.slice(from, at));
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    at = end ?? at + 1;
  }
  return at;
}

function patternMayFollow(before: string): boolean {
  const last = before.trimEnd();
  return /(^|[(,=:[!&|?{};>+-]|\b(return|typeof|case))$/.test(last);
}

function endOfPattern(text: string, from: number): number {
  let inClass = false;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '[') inClass = true;
    else if (text[at] === ']') inClass = false;
    else if (text[at] === '/' && !inClass) return at + 1;
  }
  return text.length;
}
