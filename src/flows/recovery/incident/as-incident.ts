import type { Case, CaseChange } from '../cases.js';

/**
 * Somebody else may be in the account. What was said before was perhaps said of somebody else: nobody has vouched, and
 * nothing is cleaned up.
 */
export function asIncident({ kind, about }: Pick<Case, 'kind' | 'about'>, note: string): CaseChange {
  const again = { kind: 'not-me', state: 'attest', attested: [], cleaned: 0 } as const;
  if (kind === 'not-me') return again;
  return { ...again, about: { note: [about.note, note].filter((part) => part !== '').join(' ') } };
}
