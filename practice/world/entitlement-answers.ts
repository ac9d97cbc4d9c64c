import type { AnswerRecord } from './entitlement-records.js';
import type { Policy, Question } from './packages.js';
import { refuse } from './refusal.js';

/** An answer as it came in. */
export interface GivenAnswer {
  readonly questionId: string;
  readonly value: string;
  readonly displayValue: string;
}

/**
 * The answers of a request, in the order of the questions; refuses those that break a rule. What may not be edited
 * stays as it was answered `earlier`.
 */
export function checkedAnswers(
  { questions = [] }: Policy,
  given: readonly GivenAnswer[],
  earlier: readonly AnswerRecord[],
): AnswerRecord[] {
  for (const { questionId } of given) {
    const same = given.filter((other) => other.questionId.toLowerCase() === questionId.toLowerCase());
    if (!questions.some(({ id }) => id === questionId.toLowerCase()))
      wrong(`There is no question with the id '${questionId}' in this policy.`);
    if (same.length > 1) wrong(`The question with the id '${questionId}' was answered twice.`);
  }
  return questions.flatMap((question) => {
    const answer = given.find(({ questionId }) => questionId.toLowerCase() === question.id);
    const before = earlier.find(({ questionId }) => questionId === question.id);
    return checked(question, answer, before) ?? [];
  });
}

function checked(
  question: Question,
  given: GivenAnswer | undefined,
  before: AnswerRecord | undefined,
): AnswerRecord | undefined {
  const value = given?.value.trim() ?? '';
  if (before && !question.isAnswerEditable) {
    if (value !== '' && value !== before.value)
      wrong(`The answer to '${question.text}' cannot be changed any more.`);
    return before;
  }
  if (!given || value === '')
    return question.isRequired ? wrong(`The question '${question.text}' needs an answer.`) : undefined;
  const { asks } = question;
  if (asks.kind === 'choice')
    return { questionId: question.id, value, displayValue: chosen(question, value) };
  if (asks.singleLine && /[\r\n]/.test(value)) wrong(`The answer to '${question.text}' takes one line only.`);
  if (asks.pattern !== null && !new RegExp(asks.pattern).test(value))
    wrong(`The answer to '${question.text}' does not match the pattern ${asks.pattern}.`);
  return { questionId: question.id, value, displayValue: given.displayValue.trim() || value };
}

/** The words of the choices whose values were given, one or several with commas between them. */
function chosen({ asks, text }: Question, value: string): string {
  if (asks.kind !== 'choice') return value;
  const values = value.split(',').map((part) => part.trim());
  if (values.length > 1 && !asks.many) wrong(`The question '${text}' takes one choice only.`);
  const words = values.map(
    (one) =>
      asks.choices.find(({ actualValue }) => actualValue === one)?.text ??
      wrong(`'${one}' is not a choice of the question '${text}'.`),
  );
  return words.join(', ');
}

function wrong(message: string): never {
  return refuse(400, 'InvalidRequest', message);
}
