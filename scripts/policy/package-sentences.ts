import { packageOwners } from '../../src/policy/package-owners.js';
import type { Policy, Tier } from '../../src/policy/policy.js';
import type { Subject } from '../../src/policy/tier-of.js';
import { timeWords } from './time-words.js';

export interface HeldSentences {
  readonly sentences: readonly string[];
  /** Paths in the policy file that led here, besides the tier's. */
  readonly basis: readonly string[];
}

/** What counts for those who have an access package; undefined for what is none. */
export function held({ packages }: Policy, { guests }: Tier, subject: Subject): HeldSentences | undefined {
  if (subject.kind !== 'package') return undefined;
  const { id, catalogId } = subject;
  const owners = packageOwners({ packages }, subject);
  const named = packageOwners({ packages }, { id }).length > 0 ? id : (catalogId ?? '');
  return {
    sentences: [
      ...(guests.mayAsk
        ? [
            `A guest asks for ${timeWords(packages.guestLongest)} at most, where the package lets people choose.`,
          ]
        : []),
      `Its holder is told ${listed(packages.notices.map(timeWords))} before the end.`,
      `Whoever holds it and has not signed in for ${timeWords(packages.unusedAfter)} is shown to its owners.`,
      owners.length > 0
        ? `Told when a delivery fails or nobody can approve: ${owners.join(', ')}.`
        : nobody(catalogId),
    ],
    basis: owners.length > 0 ? [`packages.owners.${named.toLowerCase()}`] : [],
  };
}

function nobody(catalogId: string | undefined): string {
  return catalogId === undefined
    ? 'Nobody is named who answers for it; with --catalog its catalog is looked at too.'
    : 'Nobody is named who answers for it: nobody is told when a delivery fails.';
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
