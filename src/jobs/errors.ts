import { errorMaker } from '../base/errors.js';

export const jobsErrors = {
  'jobs.unknown-kind': {
    retry: 'no',
    says: 'Latchkey found work of a kind it does not know.',
    next: 'Check that all instances run the same version.',
  },
} as const;

export const jobsError = errorMaker(jobsErrors);
