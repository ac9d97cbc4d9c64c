import { Script } from 'node:vm';

/** More is no answer to a question on a form, and patterns are compared with no more than this. */
export const answerAtMost = 1000;

export interface AskedChoice {
  readonly value: string;
  readonly text: string;
}

/** What Entra wants to know, in the words it is asked in. */
export interface AskedQuestion {
  readonly id: string;
  readonly text: string;
  readonly required: boolean;
  readonly editable: boolean;
  readonly kind: 'text' | 'choice' | 'other';
  /** Regular expression; empty: anything. */
  readonly pattern: string;
  readonly many: boolean;
  readonly choices: readonly AskedChoice[];
}

export interface Answer {
  readonly [key: string]: string;
  readonly questionId: string;
  readonly question: string;
  readonly kind: 'text' | 'choice';
  /** What Entra keeps; of several choices, with commas between them. */
  readonly value: string;
  readonly display: string;
}

export interface AnswersRead {
  readonly answers: readonly Answer[];
  /** By question: what is wrong with what was typed. */
  readonly problems: Readonly<Record<string, string>>;
}

/** By question id. Whatever else was sent along is never looked at. */
export type TypedAnswers = ReadonlyMap<string, string>;

export function readAnswers(questions: readonly AskedQuestion[], typed: TypedAnswers): AnswersRead {
  const asked = questions.filter(({ kind }) => kind !== 'other');
  const typedFor = ({ id }: AskedQuestion): string => (typed.get(id) ?? '').trim();
  const fits = comparePatterns(
    asked.map((question) => ({ pattern: question.pattern, text: typedFor(question) })),
  );
  const read = asked.map((question, index) => ({
    question,
    ...readAnswer(question, typedFor(question), fits[index] !== false),
  }));
  return {
    answers: read.flatMap(({ answer }) => answer ?? []),
    problems: Object.fromEntries(
      read.flatMap(({ question, problem }) => (problem === undefined ? [] : [[question.id, problem]])),
    ),
  };
}

interface Read {
  readonly answer?: Answer;
  readonly problem?: string;
}

function readAnswer(question: AskedQuestion, typed: string, fits: boolean): Read {
  if (typed === '') return question.required ? { problem: needed(question) } : {};
  return question.kind === 'choice' ? readChoice(question, typed) : readText(question, typed, fits);
}

function needed({ kind, many }: AskedQuestion): string {
  if (kind === 'text') return 'Please answer this.';
  return many ? 'Please choose at least one.' : 'Please choose one.';
}

function readText(question: AskedQuestion, typed: string, fits: boolean): Read {
  if (typed.length > answerAtMost) {
    return {
      problem: `Please say it in ${answerAtMost} characters or fewer. So far it has ${typed.length}.`,
    };
  }
  if (!fits) {
    return { problem: 'This is not in the form that your organisation asks for.' };
  }
  return { answer: answer(question, typed, typed) };
}

function readChoice(question: AskedQuestion, typed: string): Read {
  const wanted = chosen(question, typed);
  const known = wanted.flatMap((value) => question.choices.find((choice) => choice.value === value) ?? []);
  if (known.length < wanted.length) return { problem: 'Please choose from the list: it has changed.' };
  const values = known.map(({ value }) => value).join(',');
  return { answer: answer(question, values, known.map(({ text }) => text).join(', ')) };
}

function answer({ id, text, kind }: AskedQuestion, value: string, display: string): Answer {
  return { questionId: id, question: text, kind: kind === 'choice' ? 'choice' : 'text', value, display };
}

/** Teams puts commas between several choices, so a value goes to the card without any. */
export function choiceOnCard(value: string): string {
  return encodeURIComponent(Buffer.from(value, 'utf8').toString('utf8'));
}

/** The values that were chosen, each once; what is on no list stays as it came. */
export function chosen({ many, choices }: AskedQuestion, typed: string): readonly string[] {
  const parts = many ? typed.split(',').filter((part) => part !== '') : [typed];
  const values = parts.map(
    (part) => choices.find(({ value }) => part === choiceOnCard(value) || part === value)?.value ?? part,
  );
  return [...new Set(values)];
}

/** Longer than all the honest patterns of a form take together. */
const patternsMs = 50;

/** One that cannot be read in there says nothing, and those after it are still compared. */
const compare = new Script(
  'for (const [at, { pattern, text }] of pairs.entries())' +
    ' try { fits[at] = new RegExp(pattern).test(text); } catch {}',
);

export interface Compared {
  /** Empty: anything fits. */
  readonly pattern: string;
  readonly text: string;
}

/**
 * A pattern can take for ever on the wrong text, and only the machine that runs it can stop it: all of a form share one
 * limit. One that cannot be read here, or was not compared in time, is left to Entra, which looks at every answer itself.
 */
export function comparePatterns(all: readonly Compared[]): readonly boolean[] {
  const fits = all.map(() => true);
  const isCompared = ({ pattern, text }: Compared): boolean =>
    pattern !== '' && text.length <= answerAtMost && isPattern(pattern);
  if (!all.some(isCompared)) return fits;
  const pairs = all.map((each) => (isCompared(each) ? each : { pattern: '', text: '' }));
  try {
    compare.runInNewContext({ pairs, fits }, { timeout: patternsMs });
  } catch {
    // It took too long: what was not compared keeps its place.
  }
  return fits;
}

export function isPattern(pattern: string): boolean {
  try {
    return pattern.length <= answerAtMost && new RegExp(pattern).source !== '';
  } catch {
    return false;
  }
}
