import assert from 'node:assert/strict';
import { explainPolicyProblems } from '../../src/policy/load-policy.js';
import { parsePolicy } from '../../src/policy/parse-policy.js';
import type { Policy } from '../../src/policy/policy.js';
import { starterText } from './starter-policy.js';

export interface Change {
  /** The starter file after it. */
  readonly text: string;
  /** Line and column of what was changed. */
  readonly place: string;
}

/** Puts something else in the first place after a heading of the starter file where `from` stands. */
export function change(below: string, from: string, to: string): Change {
  const text = starterText();
  const start = text.indexOf(`\n${below}:`);
  const at = text.indexOf(from, start);
  assert.ok(start !== -1 && at !== -1, 'the change did not fit the starter file');
  const before = text.slice(0, at).split('\n');
  const column = (before.at(-1) ?? '').length + 1;
  return { text: text.slice(0, at) + to + text.slice(at + from.length), place: `${before.length}:${column}` };
}

export function problems(text: string): readonly string[] {
  const read = parsePolicy(text);
  return read.kind === 'ok' ? [] : explainPolicyProblems('policy.yaml', read.problems).split('\n');
}

export function policyWith(below: string, from: string, to: string): Policy {
  const read = parsePolicy(change(below, from, to).text);
  if (read.kind === 'problems') throw new Error(explainPolicyProblems('policy.yaml', read.problems));
  return read.policy;
}
