import { type ErrorTable, errorMaker } from '../../../base/errors.js';

/** Looking back, and findings: part of the table in ../errors.ts. */
export const lookBackErrors = {
  'pim.own-use': {
    retry: 'no',
    says: 'This is about your own use of the role, so somebody else has to look at it. Nothing was changed.',
    next: 'Whoever answers for the role has been asked.',
  },
  'pim.no-guest-owner': {
    retry: 'no',
    says: 'Guests do not look back on the use of this role. Nothing was changed.',
    next: 'Others who answer for the role have been asked.',
  },
  'pim.not-owner': {
    retry: 'no',
    says: 'You are not among those who answer for this role any more. Nothing was changed.',
    next: 'If that is wrong, tell whoever administers this role.',
  },
  'pim.looked-back': {
    retry: 'no',
    says: 'Somebody has already looked at this.',
    next: 'The card shows what they said.',
  },
  'pim.look-back-comment': {
    retry: 'no',
    says: 'Please write what you know about it, so that everybody can follow it later.',
    next: 'Write it and press again.',
  },
  'pim.findings-closed': {
    retry: 'no',
    says: 'Entra lets only administrators see who has which role. Nothing was changed.',
    next: 'Ask somebody who is Privileged Role Administrator or Global Reader.',
  },
} as const satisfies ErrorTable;

export const lookBackError = errorMaker(lookBackErrors);
