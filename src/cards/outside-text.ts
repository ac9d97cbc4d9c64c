/**
 * Text that others wrote goes through the template in disguise, and how it is shown depends on where it ends up: a
 * heading knows Markdown, a button title does not, and an id or a link must come out exactly as it went in.
 *
 * The disguise of a character with a meaning (Markdown's, or `${` of the template language) is a lone surrogate. No
 * well-formed text holds one, so nothing from outside can be taken for a disguise, and every length stays the same.
 */
const special = /[\\`*_[\]<~&{$]/g;
const disguised = /[\uDC00-\uDC7F]/gu;

export function disguise(text: string): string {
  // Lone surrogates cannot travel as UTF-8 anyhow: each becomes U+FFFD here instead of on the wire.
  const wellFormed = Buffer.from(text, 'utf8').toString('utf8');
  return wellFormed.replace(special, (char) => String.fromCharCode(0xdc00 + char.charCodeAt(0)));
}

/** For ids, references, addresses and data: as it went in. */
export function exact(text: string): string {
  return text.replace(disguised, (char) => String.fromCharCode(char.charCodeAt(0) - 0xdc00));
}

/**
 * Nobody sees these, so they only deceive: control characters, marks that turn the reading direction, fillers and
 * zero-width characters. Joiners stay: Persian, Indic scripts and emoji are written with them.
 */
const unseen =
  /\u034F|[\p{Cc}\u00AD\u115F\u1160\u17B4\u17B5\u180E\u200B\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}]/gu;

/** What a person wrote earlier and may write on: line breaks stay. */
export function inputText(text: string): string {
  return exact(text.replace(unseen, (char) => (char === '\n' || char === '\t' ? char : '')));
}

/** One line for places that know no Markdown. */
export function plainText(text: string, most = Number.POSITIVE_INFINITY): string {
  return exact(oneLine(text, most));
}

/** One line for places where Markdown would come alive. */
export function markdownText(text: string, most = Number.POSITIVE_INFINITY): string {
  const line = oneLine(text.trim(), most).replace(disguised, (char, at: number, whole: string) => {
    const real = exact(char);
    return comesAlive(real, exact(whole.slice(at + 1, at + 12))) ? `\\${real}` : real;
  });
  return line.replace(/^([-+#>=])/, '\\$1').replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

/** As few backslashes as possible, because some phones show them. */
function comesAlive(char: string, after: string): boolean {
  if (char === '$' || char === '{') return false;
  if (char === '&') return /^#?\w+;/.test(after);
  return true;
}

/** Teams turns {{DATE(...)}} into a date: templates may use that, other people's text may not. */
const dateBraces = /\uDC7B(?=\uDC7B)/gu;

/** A line break could make other people's words look like a part of the card, so there is none. */
function oneLine(text: string, most: number): string {
  const seen = text.replace(/\s+/g, ' ').replace(unseen, '').replace(dateBraces, '$& ');
  return cut(seen.replace(/ {2,}/g, ' '), most);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Never through the middle of what a reader sees as one character. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  // Only as much as can be needed: its cost grows with what it is given, and other people write that.
  for (const { index, segment } of graphemes.segment(text.slice(0, most + 2))) {
    if (index + segment.length > most - 1) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}
