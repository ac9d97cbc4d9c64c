import type { ErrorTable } from '../../../base/errors.js';

/** Taking away what was lost: part of the table in ../errors.ts. */
export const cleanUpErrors = {
  'recovery.guest-helps': {
    retry: 'no',
    says: 'Guests do not help others to sign in here. Nothing was changed.',
    next: 'Your colleagues who can do it have the same card.',
  },
  'recovery.clean-up-early': {
    retry: 'no',
    says: 'Nobody has confirmed yet that it is really them. Nothing was changed.',
    next: 'This card changes when somebody has.',
  },
  'recovery.none-picked': {
    retry: 'no',
    says: 'You have not picked anything. Nothing was changed.',
    next: 'Pick what is gone, or say that none of it is.',
  },
  'recovery.not-removed': {
    retry: 'later',
    says: 'It was not removed.',
    next: 'Please try again.',
  },
  'recovery.not-revoked': {
    retry: 'later',
    says: 'They were not signed out.',
    next: 'Please press the button again.',
  },
} as const satisfies ErrorTable;
