import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../src/base/project-root.js';
import { parsePolicy } from '../../src/policy/parse-policy.js';
import type { Policy } from '../../src/policy/policy.js';

/** The text of the policy.yaml that everybody starts with. */
export function starterText(): string {
  return readFileSync(path.join(projectRoot(), 'policy.yaml'), 'utf8');
}

export function starterPolicy(): Policy {
  const read = parsePolicy(starterText());
  if (read.kind !== 'ok') throw new Error('The starter policy has mistakes');
  return read.policy;
}

/** Who vouches besides the manager, as that file has it. */
export const starterAttesters = /attesters:\n(?: {4}.*\n)+/.exec(starterText())?.[0].trimEnd() ?? '';
