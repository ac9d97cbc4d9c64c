import { parseArgs } from 'node:util';
import { isAppError } from '../src/base/errors.js';
import { explainPolicyProblems, readPolicy } from '../src/policy/load-policy.js';
import type { PolicyRead } from '../src/policy/parse-policy.js';
import { type Subject, tierOf } from '../src/policy/tier-of.js';
import { activated } from './policy/activation-sentences.js';
import { held } from './policy/package-sentences.js';
import { asked, reviewed } from './policy/tier-sentences.js';

/** `npm run policy -- check | explain`: what the policy file says, without starting anything. */

const usage = `npm run policy -- check [file]
npm run policy -- explain <what> [file]
  what: --package <id> [--catalog <id>], --group <id>, --role <id>, --azure-role <id>, --application <id>

The file is policy.yaml, or what LATCHKEY_POLICY names.`;

type Ok = Extract<PolicyRead, { kind: 'ok' }>;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      package: { type: 'string' },
      catalog: { type: 'string' },
      group: { type: 'string' },
      role: { type: 'string' },
      'azure-role': { type: 'string' },
      application: { type: 'string' },
    },
  });
  const [command, file = process.env.LATCHKEY_POLICY ?? 'policy.yaml'] = positionals;
  const subject = subjectOf(values);
  if (command !== 'check' && (command !== 'explain' || subject === undefined)) return say(usage, 2);
  const read = await readPolicy(file);
  if (read.kind === 'problems') return say(explainPolicyProblems(file, read.problems), 1);
  return say(subject === undefined ? summary(file, read) : explanation(file, read, subject), 0);
}

function say(text: string, exitCode: number): number {
  (exitCode === 0 ? console.log : console.error)(text);
  return exitCode;
}

interface Ids {
  readonly package?: string | undefined;
  readonly catalog?: string | undefined;
  readonly group?: string | undefined;
  readonly role?: string | undefined;
  readonly 'azure-role'?: string | undefined;
  readonly application?: string | undefined;
}

function subjectOf(ids: Ids): Subject | undefined {
  const { package: id, catalog, group, role, 'azure-role': azureRole, application } = ids;
  if (id !== undefined)
    return { kind: 'package', id, ...(catalog === undefined ? {} : { catalogId: catalog }) };
  if (group !== undefined) return { kind: 'group', id: group };
  if (role !== undefined) return { kind: 'role', id: role };
  if (azureRole !== undefined) return { kind: 'azure-role', id: azureRole };
  return application === undefined ? undefined : { kind: 'application', id: application };
}

function summary(file: string, { policy }: Ok): string {
  const counts = Object.entries(policy.assigned).map(([table, ids]) => `${table} ${Object.keys(ids).length}`);
  const flows = Object.entries(policy.flows).map(([flow, capability]) => `${flow}: ${capability}`);
  return [
    `${file} is in order.`,
    `flows      ${flows.join(', ')}`,
    `default    ${policy.defaultTier}`,
    `assigned   ${counts.join(', ')}`,
  ].join('\n');
}

function explanation(file: string, { policy, whereIs }: Ok, subject: Subject): string {
  const { tier, basis } = tierOf(policy, subject);
  const activation = activated(policy, tier, subject);
  const holding = held(policy, tier, subject);
  const paths = [...basis, ...(activation?.basis ?? []), ...(holding?.basis ?? [])];
  return [
    `${subject.kind} ${subject.id} is ${tier.name}.`,
    ...section('When somebody asks for it:', asked(tier)),
    ...section('When somebody has it:', holding?.sentences ?? []),
    ...section('When somebody activates it:', activation?.sentences ?? []),
    ...section('When it is reviewed:', subject.kind === 'azure-role' ? [] : reviewed(tier, policy.reviews)),
    '',
    'Decided by:',
    ...paths.map((path) => `  ${file}:${whereIs(path).line}  ${path}`),
  ].join('\n');
}

function section(title: string, sentences: readonly string[]): readonly string[] {
  return sentences.length === 0 ? [] : ['', title, ...sentences.map((sentence) => `- ${sentence}`)];
}

try {
  process.exitCode = await main();
} catch (error) {
  const known = isAppError(error)
    ? `${error.says} ${error.next}`
    : error instanceof Error
      ? error.message
      : '';
  process.exitCode = say(`${known}\n\n${usage}`, 2);
}
