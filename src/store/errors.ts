import { errorMaker } from '../base/errors.js';

export const storeErrors = {
  'store.old-sqlite': {
    retry: 'no',
    says: 'This SQLite can damage its own file, so Latchkey does not start with it.',
    next: 'Install the dependencies anew, so that SQLite 3.51.3 or later is used.',
  },
  'store.network-disk': {
    retry: 'no',
    says: 'The data folder is on a network disk, where SQLite loses data.',
    next: 'Use a local disk, or PostgreSQL (LATCHKEY_DATABASE_URL).',
  },
  'store.not-durable': {
    retry: 'no',
    says: 'SQLite did not take the settings that keep data over a power cut.',
    next: 'Check that the data folder is on an ordinary local disk.',
  },
} as const;

export const storeError = errorMaker(storeErrors);
