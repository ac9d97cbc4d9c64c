import type { ErrorTable } from '../../../base/errors.js';

/** Planning reviews: part of the table in errors.ts. */
export const planErrors = {
  'reviews.plan-closed': {
    retry: 'no',
    says: 'Entra lets only administrators plan reviews. Nothing was changed.',
    next: 'Ask somebody who is User Administrator or Identity Governance Administrator.',
  },
  'reviews.not-in-plan': {
    retry: 'no',
    says: 'This group is not one of those whose reviews are planned here. Nothing was changed.',
    next: 'Name the group in the policy file, or plan its review in the Entra admin center.',
  },
  'reviews.group-gone': {
    retry: 'no',
    says: 'Entra does not know this group any more. Nothing was changed.',
    next: 'Take its line out of the policy file.',
  },
  'reviews.reviewed-enough': {
    retry: 'no',
    says: 'This group is already reviewed as often as it deserves. Nothing was changed.',
    next: 'Write “reviews plan” to me to see what is left.',
  },
  'reviews.plan-changed': {
    retry: 'no',
    says: 'Something changed since you looked. Nothing was created yet.',
    next: 'Please look at the review again, and press the button once more.',
  },
} as const satisfies ErrorTable;
