import { day } from '../../../base/clock.js';
import type { Recovery } from '../../../policy/policy.js';
import type { Case } from '../cases.js';

/** What somebody saw or heard says little about who asks a day later. */
export const wordLivesMs = day;

/** How many people have to vouch, besides whoever makes the pass. */
export function needed(
  { attestations }: Pick<Recovery, 'attestations'>,
  { privileged }: Pick<Case, 'privileged'>,
): number {
  return privileged === 1 ? attestations.privileged : attestations.members;
}

/** Those whose word still counts. */
export function counting<Word extends { readonly at: number }>(
  attested: readonly Word[],
  now: number,
): readonly Word[] {
  return attested.filter(({ at }) => at > now - wordLivesMs);
}

/** How many of them have not done so yet. */
export function stillNeeded(
  recovery: Pick<Recovery, 'attestations'>,
  one: Pick<Case, 'privileged' | 'attested'>,
): number {
  return Math.max(0, needed(recovery, one) - one.attested.length);
}

/** Where a case stands that has no pass any more: with whoever vouches, or with whoever makes the next one. */
export function withoutPass(
  recovery: Pick<Recovery, 'attestations'>,
  { privileged, attested }: Pick<Case, 'privileged' | 'attested'>,
  now: number,
): { readonly state: 'attest' | 'issue'; readonly attested: Case['attested'] } {
  const words = counting(attested, now);
  return {
    state: stillNeeded(recovery, { privileged, attested: words }) > 0 ? 'attest' : 'issue',
    attested: words,
  };
}
