import type { LocalText, Question } from '../../../graph/entitlement.js';
import type { QuestionView } from '../cards/ask-views.js';
import { choiceOnCard, chosen, isPattern, type TypedAnswers } from './answer-rules.js';

/** The questions as whoever sits before the card reads them, with what they typed or answered before. */
export function questionViews(
  questions: readonly Question[],
  asked: {
    readonly language: string;
    readonly typed: TypedAnswers;
    /** Questions whose earlier answer stays, by id. */
    readonly fixed: ReadonlySet<string>;
    readonly problems: Readonly<Record<string, string>>;
  },
): readonly QuestionView[] {
  const { language, typed, fixed, problems } = asked;
  return questions
    .filter(({ kind }) => kind !== 'other')
    .map((question): QuestionView => {
      const value = typed.get(question.id) ?? '';
      const shown = fixed.has(question.id);
      const choices = question.choices.map((choice) => ({
        title: inLanguage(language, choice.text, choice.localizations),
        value: choiceOnCard(choice.value),
      }));
      return {
        id: inputName(question.id),
        label: inLanguage(language, question.text, question.localizations),
        kind: shown ? 'shown' : kindOf(question),
        required: question.required,
        pattern: isPattern(question.pattern) ? question.pattern : '',
        message: messageOf(question),
        choices: shown ? [] : choices,
        value: question.kind === 'text' ? value : choiceText(question, value, { shown, language }),
        problem: Object.hasOwn(problems, question.id) ? (problems[question.id] ?? '') : '',
      };
    });
}

/** What an input of the form is called; nothing else on a card begins like this. */
export function inputName(questionId: string): string {
  return `q-${questionId}`;
}

function kindOf({ kind, many, singleLine }: Question): QuestionView['kind'] {
  if (kind === 'choice') return many ? 'several' : 'one';
  return singleLine ? 'line' : 'lines';
}

function messageOf({ kind, required, pattern }: Question): string {
  if (kind === 'choice') return 'Please choose what fits.';
  if (pattern === '') return 'Please answer this.';
  return required
    ? 'Please answer this in the form that your organisation asks for.'
    : 'Please write this in the form that your organisation asks for, or leave it empty.';
}

function choiceText(
  question: Question,
  value: string,
  { shown, language }: { readonly shown: boolean; readonly language: string },
): string {
  const values = value === '' ? [] : chosen(question, value);
  const known = question.choices.filter((each) => values.includes(each.value));
  if (!shown) return known.map((each) => choiceOnCard(each.value)).join(',');
  // What stays may be on the list no longer.
  const gone = values.filter((each) => !known.some((choice) => choice.value === each));
  const words = known.map(({ text, localizations }) => inLanguage(language, text, localizations));
  return [...words, ...gone].join(', ');
}

/** The same language and country, then the same language, then the words the administrator wrote first. */
export function inLanguage(language: string, text: string, localizations: readonly LocalText[]): string {
  const wanted = language.toLowerCase();
  if (wanted === '') return text;
  const found =
    localizations.find((each) => each.language.toLowerCase() === wanted) ??
    localizations.find((each) => primary(each.language) === primary(wanted));
  return found === undefined || found.text === '' ? text : found.text;
}

function primary(language: string): string {
  return language.toLowerCase().split(/[-_]/)[0] ?? '';
}
