import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { z } from 'zod/v4';
import { closestWord } from './closest-word.js';
import type { Pim, Policy, Tier, TierName } from './policy.js';
import { keysAllowedAt, policyShape } from './policy-shape.js';
import { type Position, positionOf } from './position-of.js';

export interface PolicyProblem extends Position {
  /** Where in the file's own terms, such as `tiers.standard.reason`; empty for the file as a whole. */
  readonly path: string;
  readonly what: string;
}

export type PolicyRead =
  | {
      readonly kind: 'ok';
      readonly policy: Policy;
      /** Where a path such as `assigned.packages.<id>` stands in the file. */
      readonly whereIs: (path: string) => Position;
    }
  | { readonly kind: 'problems'; readonly problems: readonly PolicyProblem[] };

type Issue = z.core.$ZodIssue;

/** Pure: the text of the file in; the policy, or everything that is wrong with it, out. */
export function parsePolicy(text: string): PolicyRead {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) return { kind: 'problems', problems: document.errors.map(misspelt(lines)) };
  const read = policyShape.safeParse(document.toJS() ?? {});
  const at = (path: readonly PropertyKey[]): Position => positionOf(document, lines, path);
  if (read.success)
    return { kind: 'ok', policy: policyOf(read.data), whereIs: (path) => at(path.split('.')) };
  const problems = read.error.issues.flatMap((issue) => problemsOf(issue, document, at));
  return { kind: 'problems', problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
}

type Read = z.infer<typeof policyShape>;

function policyOf({ tiers, pim, notices: { quiet, ...notices }, ...rest }: Read): Policy {
  return {
    ...rest,
    tiers: {
      standard: tierOfFile('standard', tiers.standard),
      sensitive: tierOfFile('sensitive', tiers.sensitive),
      privileged: tierOfFile('privileged', tiers.privileged),
    },
    pim: pimOf(pim),
    notices: { ...notices, ...(quiet === undefined ? {} : { quiet }) },
  };
}

function tierOfFile(
  name: TierName,
  { activation: { stepUp, ...activation }, ...rest }: Read['tiers'][TierName],
): Tier {
  return { name, ...rest, activation: { ...activation, ...(stepUp === undefined ? {} : { stepUp }) } };
}

function pimOf({ tickets: { pattern, ...tickets }, securityChannel, ...rest }: Read['pim']): Pim {
  return {
    ...rest,
    tickets: { ...tickets, ...(pattern === undefined ? {} : { pattern }) },
    ...(securityChannel === undefined ? {} : { securityChannel }),
  };
}

/** What is no YAML at all. */
function misspelt(lines: LineCounter) {
  return ({ pos, message }: YAMLError): PolicyProblem => {
    const { line, col } = lines.linePos(pos[0]);
    return { line, column: col, path: '', what: message };
  };
}

function problemsOf(
  issue: Issue,
  document: Document,
  at: (path: readonly PropertyKey[]) => Position,
): readonly PolicyProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const path = [...issue.path, key];
      return { ...at(path), path: path.join('.'), what: unknownKey(key, keysAllowedAt(issue.path)) };
    });
  }
  const given = issue.path.length === 0 || document.hasIn(issue.path);
  const what = given ? whatIs(issue) : `is missing; ${whatIs(issue)}`;
  return [{ ...at(issue.path), path: issue.path.join('.'), what }];
}

function whatIs(issue: Issue): string {
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message;
  if (issue.code !== 'invalid_type') return issue.message;
  if (issue.expected === 'object') {
    return `must hold the keys ${keysAllowedAt(issue.path).join(', ')}, one a line`;
  }
  if (issue.expected === 'record') {
    const each = issue.path[0] === 'assigned' ? 'its tier' : 'a list of people';
    return `must hold object ids, each with ${each}, one a line`;
  }
  return issue.expected === 'array' ? 'must be a list, such as [a, b]' : issue.message;
}

function unknownKey(key: string, allowed: readonly string[]): string {
  const close = closestWord(key, allowed);
  if (close !== undefined) return `is not known here; did you mean ${close}?`;
  return `is not known here; allowed are ${allowed.join(', ')}`;
}
