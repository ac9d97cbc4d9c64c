import { errorMaker } from '../base/errors.js';

export const jobsErrors = {
  'jobs.unknown-kind': {
    // While versions are mixed, another instance may know it.
    retry: 'later',
    says: 'Latchkey found work of a kind it does not know.',
    next: 'Check that all instances run the same version.',
  },
  'jobs.never-ended': {
    retry: 'no',
    says: 'This work was begun many times and never ended.',
    next: 'Look in the log for what ended the program each time.',
  },
  'jobs.channel-not-told': {
    retry: 'no',
    says: 'A Teams channel could not be told.',
    next: 'Install the app in its team, and look in the record for what it would have been told.',
  },
  // Reasons in the record, not thrown: why a card could not be delivered.
  'jobs.no-chat': {
    retry: 'later',
    says: 'Nobody has met this person in Teams yet, or they have shut the bot out.',
    next: 'Install the app for them; the card is tried again by itself.',
  },
  'jobs.blocked': {
    retry: 'later',
    says: 'This person has shut the bot out.',
    next: 'The card is tried again by itself, and at once when they write.',
  },
  'jobs.message-gone': {
    retry: 'no',
    says: 'The message with this card was deleted.',
    next: 'Write to me what you need, and you get a fresh card.',
  },
  'jobs.fate-unknown': {
    retry: 'no',
    says: 'Teams never said whether a card arrived.',
    next: 'Look at the chat; My Access has the request too.',
  },
  'jobs.no-service': {
    retry: 'later',
    says: 'Nobody has written to the bot yet, so it does not know where Teams is.',
    next: 'Write to it once; the channel is tried again by itself.',
  },
} as const;

export const jobsError = errorMaker(jobsErrors);
