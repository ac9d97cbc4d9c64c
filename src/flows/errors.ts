import { errorMaker } from '../base/errors.js';

export const flowErrors = {
  'flows.unknown-verb': {
    retry: 'no',
    says: 'That button belongs to an older version of this card.',
    next: 'Write to me what you need, and you get a fresh one.',
  },
  'flows.bad-input': {
    retry: 'no',
    says: 'What came with that button does not fit the card. Nothing was changed.',
    next: 'Write to me what you need, and you get a fresh card.',
  },
  'flows.unknown-card': {
    retry: 'no',
    says: 'I do not know this card. Nothing was changed.',
    next: 'Write to me what you need, and you get a fresh one.',
  },
  'flows.not-your-card': {
    retry: 'no',
    says: 'This card was made for somebody else. Nothing was changed.',
    next: 'Use the card in your own chat with me.',
  },
  'flows.card-expired': {
    retry: 'no',
    says: 'This card is too old to be used. Nothing was changed.',
    next: 'Use the link on the card, or write to me what you need.',
  },
  'flows.too-slow': {
    retry: 'later',
    says: 'Entra is slow just now. Nothing was changed.',
    next: 'Please press the button again in a minute.',
  },
  'flows.off': {
    retry: 'no',
    says: 'Your organisation does not decide this in chat.',
    next: 'Use the link to the portal.',
  },
} as const;

export const flowError = errorMaker(flowErrors);
