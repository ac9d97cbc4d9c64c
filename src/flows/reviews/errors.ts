import { type ErrorKind, errorMaker } from '../../base/errors.js';
import { flowErrors } from '../errors.js';
import { planErrors } from './plan/errors.js';

export const reviewsErrors = {
  ...planErrors,
  'reviews.over': {
    retry: 'no',
    says: 'This review has ended. Nothing was changed.',
    next: 'If the access is still wrong, talk to the owner of what was reviewed.',
  },
  'reviews.not-yours': {
    retry: 'no',
    says: 'This is not yours to decide. Nothing was changed.',
    next: 'Write “my reviews” to me, and you get what waits for you.',
  },
  'reviews.own-access': {
    retry: 'no',
    says: 'Nobody keeps their own access in a review. Nothing was changed.',
    next: 'Another reviewer decides about you; you may give the access back yourself.',
  },
  'reviews.no-guest-reviewer': {
    retry: 'no',
    says: 'Guests do not decide about this access here.',
    next: 'Ask the person who invited you to have the review given to somebody else.',
  },
  'reviews.changed': {
    retry: 'no',
    says: 'Somebody decided while you were looking. Nothing was changed by your press.',
    next: 'Look at what they decided, and press again if you still want to change it.',
  },
  'reviews.reason': {
    retry: 'no',
    says: 'This decision needs a reason that says a little more.',
    next: 'Write why, and press again.',
  },
  'reviews.nothing-to-undo': {
    retry: 'no',
    says: 'There is no decision of yours to take back.',
    next: 'Look at the card: it shows what Entra has recorded.',
  },
  'reviews.no-way-back': {
    retry: 'no',
    says: 'Entra does not take this decision back.',
    next: 'Choose another answer instead: it replaces this one, until the review ends.',
  },
  'reviews.no-bulk': {
    retry: 'no',
    says: 'These are decided one by one: here a mistake would hurt. Nothing was changed.',
    next: 'Open the review and look at them one after the other.',
  },
  'reviews.nothing-left': {
    retry: 'no',
    says: 'There is nobody left whom this would decide about.',
    next: 'Open the review to see what was decided.',
  },
  'reviews.busy': {
    retry: 'later',
    says: 'This person is being decided about together with others just now. Nothing was changed by your press.',
    next: 'Wait for the result, and press again if you want to change it.',
  },
  'reviews.not-recorded': {
    retry: 'later',
    says: 'Your last decision was not recorded.',
    next: 'Please press the button again.',
  },
} as const;

export const reviewsError = errorMaker(reviewsErrors);

/** The sentence for a refusal of this flow's rules. */
export function saysOf(code: string): ErrorKind {
  const all: Readonly<Record<string, ErrorKind>> = { ...flowErrors, ...reviewsErrors };
  const kind = all[code];
  if (kind === undefined) throw new TypeError(`No sentence for the refusal ${code}`);
  return kind;
}
