import type { QuestionView } from '../cards/ask-views.js';

/** What is left of a card of Teams for the reason and the questions, in bytes. */
const room = 15_500;
/** What one question takes besides its own words. */
const around = 450;

const tooLong = 'This was too long to be shown again. Please write it once more, shorter.';

/** A card that is too big is not shown at all: then the longest answers are asked for again, and everything else stays. */
export function fitQuestions(questions: readonly QuestionView[], reason: string): readonly QuestionView[] {
  const size = (views: readonly QuestionView[]): number =>
    Buffer.byteLength(JSON.stringify(reason)) +
    views.reduce((sum, view) => sum + around + Buffer.byteLength(JSON.stringify(view)), 0);
  let fitted = questions;
  while (size(fitted) > room) {
    const longest = longestTyped(fitted);
    if (longest === undefined) break;
    fitted = fitted.map((view) => (view === longest ? { ...view, value: '', problem: tooLong } : view));
  }
  return fitted;
}

function longestTyped(questions: readonly QuestionView[]): QuestionView | undefined {
  const typed = questions.filter(({ kind, value }) => (kind === 'line' || kind === 'lines') && value !== '');
  return typed.toSorted((a, b) => b.value.length - a.value.length)[0];
}
