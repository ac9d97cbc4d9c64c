import type { RedFlag } from '../../../policy/policy.js';
import type { Case } from '../cases.js';
import { blocking } from '../checks/flags.js';

/** Somebody may be behind it, or nobody moves it on. */
export function isRed(block: readonly RedFlag[], one: Case): boolean {
  const { flags } = one.about;
  if (one.kind === 'stolen' || one.kind === 'not-me' || one.escalated > 0) return true;
  return flags !== undefined && blocking(block, flags).found.length > 0;
}

export function sortForBoard(block: readonly RedFlag[], cases: readonly Case[]): readonly Case[] {
  const rank = (one: Case): number => (isRed(block, one) ? 0 : 1);
  return [...cases].sort(
    (a, b) => rank(a) - rank(b) || a.opened_at - b.opened_at || a.id.localeCompare(b.id),
  );
}
