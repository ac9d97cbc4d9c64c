import type { Held, Question, RequestInfo } from '../../../graph/entitlement.js';
import type { TypedAnswers } from './answer-rules.js';

type Answered = Pick<RequestInfo, 'createdAt' | 'answers'>;

/** What somebody answered when they last asked for the same package, by question. */
export function earlierAnswers(requests: readonly Answered[]): TypedAnswers {
  const latest = [...requests]
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
    .find(({ answers }) => answers.length > 0);
  return answersIn(latest === undefined ? [] : [latest]);
}

/** Answers that Entra does not let anybody change when access is renewed: those of the requests that it came from. */
export function fixedAmong(
  questions: readonly Pick<Question, 'id' | 'editable'>[],
  requests: readonly (Answered & Pick<RequestInfo, 'state' | 'assignmentId'>)[],
  held: Pick<Held, 'id'> | undefined,
): TypedAnswers {
  if (held === undefined) return new Map();
  const behind = requests.filter(
    ({ state, assignmentId }) => assignmentId === held.id && /delivered$/i.test(state),
  );
  // A renewal does not say again what stays.
  const given = answersIn(behind.sort((a, b) => a.createdAt.localeCompare(b.createdAt)));
  const stays = new Set(questions.filter(({ editable }) => !editable).map(({ id }) => id));
  return new Map([...given].filter(([id, value]) => stays.has(id) && value !== ''));
}

/** Of several, the later ones count. */
function answersIn(requests: readonly Answered[]): TypedAnswers {
  const all = requests.flatMap(({ answers }) => answers);
  return new Map(all.map(({ questionId, value }) => [questionId.toLowerCase(), value]));
}
