import { isAppError } from '../../src/base/errors.js';
import { explainPolicyProblems, readPolicy } from '../../src/policy/load-policy.js';
import type { PolicyProblem } from '../../src/policy/parse-policy.js';
import type { Policy } from '../../src/policy/policy.js';
import { error, type Finding, nameOf, ok } from './finding.js';

const id = 'policy.file';
const why = 'The bot does not start with a policy that is only half understood.';

export interface PolicyCheck {
  readonly findings: readonly Finding[];
  readonly policy: Policy | undefined;
}

/** The bot reads the same file with the same code when it starts. */
export async function checkPolicy(file: string): Promise<PolicyCheck> {
  try {
    const read = await readPolicy(file);
    if (read.kind === 'problems') return { findings: read.problems.map(mistake(file)), policy: undefined };
    const on = Object.entries(read.policy.flows).map(([flow, capability]) => `${flow}: ${capability}`);
    return { findings: [ok(id, `The policy can be read (${on.join(', ')}).`)], policy: read.policy };
  } catch (thrown) {
    const what = `The policy file ${file} cannot be read (${isAppError(thrown) ? nameOf(thrown.cause) : nameOf(thrown)}).`;
    const fix = 'Check that LATCHKEY_POLICY names a file the bot may read.';
    return { findings: [error(id, { what, why, fix })], policy: undefined };
  }
}

function mistake(file: string) {
  return (problem: PolicyProblem): Finding => {
    const fix = 'Correct it there; what is allowed is said beside it.';
    return error(id, { what: explainPolicyProblems(file, [problem]), why, fix });
  };
}
