import { readFile } from 'node:fs/promises';
import { policyError } from './errors.js';
import { type PolicyProblem, type PolicyRead, parsePolicy } from './parse-policy.js';
import type { Policy } from './policy.js';

/** The policy the bot runs with. It does not start with a file that is only half understood. */
export async function loadPolicy(file: string): Promise<Policy> {
  const read = await readPolicy(file);
  if (read.kind === 'ok') return read.policy;
  const [first] = read.problems;
  const cause = new Error(explainPolicyProblems(file, read.problems));
  throw policyError('policy.invalid', cause, {
    file,
    count: read.problems.length,
    ...(first === undefined ? {} : { first: explainPolicyProblems(file, [first]) }),
  });
}

export async function readPolicy(file: string): Promise<PolicyRead> {
  try {
    return parsePolicy(await readFile(file, 'utf8'));
  } catch (error) {
    throw policyError('policy.unreadable', error, { file });
  }
}

/** `file:line:column`, which editors and terminals turn into a link. */
export function explainPolicyProblems(file: string, problems: readonly PolicyProblem[]): string {
  return problems
    .map(
      ({ line, column, path, what }) => `${file}:${line}:${column} ${path === '' ? '' : `${path} `}${what}`,
    )
    .join('\n');
}
