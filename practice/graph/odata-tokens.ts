import { badRequest } from './odata-query.js';

export type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: '(' | ')' | ',' };

// Inside quotes a quote is written twice; everything else up to a blank, bracket or comma is one word.
const lexeme = /\s*(?:'((?:[^']|'')*)'|([(),])|([^\s(),']+))/y;

export function filterTokens(filter: string): Token[] {
  const tokens: Token[] = [];
  lexeme.lastIndex = 0;
  const text = filter.trimEnd();
  while (lexeme.lastIndex < text.length) {
    const found = lexeme.exec(text) ?? badRequest(`Invalid filter clause: '${filter}' cannot be read.`);
    const [, quoted, sign, word] = found;
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replaceAll("''", "'") });
    else if (sign === '(' || sign === ')' || sign === ',') tokens.push({ kind: 'sign', text: sign });
    else tokens.push({ kind: 'word', text: word ?? '' });
  }
  return tokens;
}
