import { type Outcome, verb } from '../flow.js';
import { bulkDecide, bulkInput } from './bulk/decide.js';
import { scopes } from './show.js';

/** Only where little can go wrong, and never against Entra's recommendation. */
export const bulkKeep = verb({
  name: 'reviews.bulk-keep',
  scopes,
  input: bulkInput,
  run: (turn, input): Promise<Outcome> => bulkDecide(turn, 'reviews.bulk-keep', input),
});
