import type { Finding } from '../../scripts/doctor/finding.js';

/** `error node.version`, for comparing without every word. */
export function told(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ kind, id }) => `${kind} ${id}`);
}

export function sentences(findings: readonly Finding[]): string {
  return JSON.stringify(findings);
}
