import type { Finding } from './finding.js';

const marks = { ok: 'ok      ', warning: 'WARNING ', error: 'ERROR   ' } as const;

/** For people: what is fine takes one line, what is not says why and what to do. */
export function asText(findings: readonly Finding[]): string {
  return [...findings.map(block), '', summary(findings)].join('\n');
}

/** For machines; the same facts. */
export function asJson(findings: readonly Finding[]): string {
  return JSON.stringify(
    { errors: count(findings, 'error'), warnings: count(findings, 'warning'), findings },
    null,
    2,
  );
}

/** Warnings are for a quiet hour; an error means that something will not work, or is not safe. */
export function exitCode(findings: readonly Finding[]): 0 | 1 {
  return count(findings, 'error') > 0 ? 1 : 0;
}

function block(finding: Finding): string {
  const line = `${marks[finding.kind]}${finding.id}: ${finding.what}`;
  if (finding.kind === 'ok') return line;
  return [line, `        Why: ${finding.why}`, `        Fix: ${finding.fix}`].join('\n');
}

function summary(findings: readonly Finding[]): string {
  const errors = count(findings, 'error');
  const warnings = count(findings, 'warning');
  if (errors + warnings === 0) return 'All is well.';
  return `${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}.`;
}

function count(findings: readonly Finding[], kind: Finding['kind']): number {
  return findings.filter((finding) => finding.kind === kind).length;
}
