import { errorMaker } from '../base/errors.js';

export const cardErrors = {
  'cards.unknown-template': {
    retry: 'no',
    says: 'I wanted to show you a card that I do not have.',
    next: 'Use the link to the portal, and give your administrator the reference.',
  },
  'cards.broken-template': {
    retry: 'no',
    says: 'The card for this has a mistake in it.',
    next: 'Use the link to the portal, and give your administrator the reference.',
  },
  'cards.unfilled': {
    retry: 'no',
    says: 'The card for this has a place that nothing was put into.',
    next: 'Use the link to the portal, and give your administrator the reference.',
  },
  'cards.too-big': {
    retry: 'no',
    says: 'The card for this is bigger than Teams takes.',
    next: 'Use the link to the portal, and give your administrator the reference.',
  },
} as const;

export const cardError = errorMaker(cardErrors);
