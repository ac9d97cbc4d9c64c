import type {
  AccessPackageAnswer,
  AccessPackageAnswerChoice,
  AccessPackageAnswerString,
  AccessPackageLocalizedText,
  AccessPackageMultipleChoiceQuestion,
  AccessPackageTextInputQuestion,
} from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { flag, id, list, type Shape, text } from './fields.js';

export interface LocalText {
  /** Such as `de` or `de-AT`. */
  readonly language: string;
  readonly text: string;
}

export interface Choice {
  /** What Entra is told; people read the text. */
  readonly value: string;
  readonly text: string;
  readonly localizations: readonly LocalText[];
}

/** What a policy asks of whoever wants a package. */
export interface Question {
  readonly id: string;
  readonly text: string;
  readonly localizations: readonly LocalText[];
  readonly required: boolean;
  /** May the answer be another one when the access is renewed? */
  readonly editable: boolean;
  /** `other`: a kind that Entra has learned since, which only its own page can ask. */
  readonly kind: 'text' | 'choice' | 'other';
  readonly singleLine: boolean;
  /** A regular expression in the dialect of Entra, as the administrator wrote it; empty: any text. */
  readonly pattern: string;
  /** May several choices be taken? */
  readonly many: boolean;
  readonly choices: readonly Choice[];
}

export interface AnswerInfo {
  readonly questionId: string;
  readonly question: string;
  readonly value: string;
  /** What people read. */
  readonly display: string;
}

const localTexts = list(
  z
    .object({ languageCode: text, text } satisfies Shape<AccessPackageLocalizedText>)
    .transform((found): LocalText => ({ language: found.languageCode, text: found.text })),
);

const choiceShape = z
  .object({ actualValue: text, text, localizations: localTexts } satisfies Shape<AccessPackageAnswerChoice>)
  .transform(({ actualValue, ...choice }): Choice => {
    const words = choice.text === '' ? actualValue : choice.text;
    return {
      value: actualValue === '' ? words : actualValue,
      text: words,
      localizations: choice.localizations,
    };
  });

const questionShape = z
  .object({
    '@odata.type': text,
    id: z.string().min(1),
    text,
    localizations: localTexts,
    isRequired: flag,
    isAnswerEditable: z.boolean().catch(true),
    sequence: z.number().catch(0),
    isSingleLineQuestion: flag,
    regexPattern: text,
    isMultipleSelectionAllowed: flag,
    choices: list(choiceShape),
  } satisfies Shape<AccessPackageTextInputQuestion & AccessPackageMultipleChoiceQuestion>)
  .transform((found) => ({
    sequence: found.sequence,
    question: {
      id: found.id.toLowerCase(),
      text: found.text,
      localizations: found.localizations,
      required: found.isRequired,
      editable: found.isAnswerEditable,
      kind: kindOf(found['@odata.type'], found.choices.length),
      singleLine: found.isSingleLineQuestion,
      pattern: found.regexPattern,
      many: found.isMultipleSelectionAllowed,
      choices: found.choices,
    } satisfies Question,
  }));

function kindOf(type: string, choices: number): Question['kind'] {
  switch (type.replace(/^#?microsoft\.graph\./i, '').toLowerCase()) {
    case 'accesspackagetextinputquestion':
      return 'text';
    case 'accesspackagemultiplechoicequestion':
      return choices > 0 ? 'choice' : 'other';
    default:
      return 'other';
  }
}

/** In their order. A question that nobody could answer is a broken answer, not one question less. */
export const questionsShape = z
  .array(questionShape)
  .nullish()
  .transform((found): readonly Question[] =>
    [...(found ?? [])].sort((a, b) => a.sequence - b.sequence).map(({ question }) => question),
  );

const noQuestion = { id: undefined, text: '' };

const answerShape = z
  .object({
    value: text,
    displayValue: text,
    answeredQuestion: z.object({ id, text }).catch(noQuestion),
  } satisfies Shape<AccessPackageAnswer & AccessPackageAnswerString>)
  .transform(
    ({ value, displayValue, answeredQuestion }): AnswerInfo => ({
      questionId: answeredQuestion.id ?? '',
      question: answeredQuestion.text,
      value,
      display: displayValue === '' ? value : displayValue,
    }),
  );

export const answersShape = list(answerShape);
