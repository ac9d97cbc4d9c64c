import type { Tier } from './policy.js';

/** Who asks for access tells of a task; who decides about the access of others tells what they know. */
const wanted = {
  task: { what: 'what you will do with it', about: 'your task' },
  decision: { what: 'why', about: 'what you know' },
} as const;

/**
 * What a reason lacks, as a sentence for the person who wrote it; undefined when it will do. Asked only where a
 * reason is needed, so an empty one is never enough.
 */
export function reasonProblem(
  { reason }: Pick<Tier, 'reason'>,
  text: string,
  about: keyof typeof wanted = 'task',
): string | undefined {
  const { what, about: subject } = wanted[about];
  const seen = visible(text);
  const words = wordsOf(seen);
  if (words.length === 0) return `Please write ${what}.`;
  if (words.every((word) => isRefused(word, reason.refused))) {
    return `“${seen}” does not say ${what}. Please write a sentence about ${subject}.`;
  }
  if (saysOneThing(seen, words))
    return `That is the same again and again. Please write a sentence about ${subject}.`;
  const length = lengthOf(seen);
  if (length >= reason.atLeast) return undefined;
  return `Please say a little more: at least ${reason.atLeast} characters. So far it has ${length}.`;
}

/**
 * Characters that take no room on the screen, and blanks that are letters to Unicode, say nothing to a reader.
 * Joiners stay: they hold the parts of an emoji together and are never counted on their own.
 */
const unseen = /(?![\u200C\u200D])(?:\u034F|[\p{Cc}\p{Cf}\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0])/gu;

function visible(text: string): string {
  return text.replace(/\s+/g, ' ').replace(unseen, '').replace(/ {2,}/g, ' ').trim();
}

function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  );
}

function isRefused(word: string, refused: readonly string[]): boolean {
  return refused.some((each) => wordsOf(each).includes(word));
}

/** One word over and over, or so few different characters that no sentence can be made of them. */
function saysOneThing(text: string, words: readonly string[]): boolean {
  if (words.length > 1 && new Set(words).size === 1) return true;
  const different = new Set(wordsOf(text).join(''));
  return lengthOf(text) >= 8 && different.size < 4;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** As a reader counts: a letter with an accent, or an emoji of several code points, is one. */
function lengthOf(text: string): number {
  return [...graphemes.segment(text)].length;
}
