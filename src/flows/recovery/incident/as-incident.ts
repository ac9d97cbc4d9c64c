import type { Case, CaseChange } from '../cases.js';

/**
 * Somebody else may be in the account. What was said before was perhaps said of somebody else: nobody has vouched,
 * nothing is cleaned up, and a new passkey may be theirs.
 */
export function asIncident({ kind, about }: Pick<Case, 'kind' | 'about'>, note: string): CaseChange {
  const again = { kind: 'not-me', state: 'attest', attested: [], cleaned: 0 } as const;
  if (kind === 'not-me') return { ...again, about: { passkey: '' } };
  const said = [about.note, note].filter((part) => part !== '').join(' ');
  return { ...again, about: { passkey: '', note: said } };
}
