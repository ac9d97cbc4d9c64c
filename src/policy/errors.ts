import { errorMaker } from '../base/errors.js';

export const policyErrors = {
  'policy.unreadable': {
    retry: 'no',
    says: 'The policy file cannot be read.',
    next: 'Check that LATCHKEY_POLICY names a file the bot may read.',
  },
  'policy.invalid': {
    retry: 'no',
    says: 'The policy file has mistakes, so the bot does not start.',
    next: 'Run `npm run policy -- check`: it says where they are and what is allowed there.',
  },
} as const;

export const policyError = errorMaker(policyErrors);
