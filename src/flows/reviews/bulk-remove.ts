import { type Outcome, verb } from '../flow.js';
import { bulkDecide, bulkInput } from './bulk/decide.js';
import { scopes } from './show.js';

/** Those Entra recommends to remove, and nobody else. */
export const bulkRemove = verb({
  name: 'reviews.bulk-remove',
  scopes,
  input: bulkInput,
  run: (turn, input): Promise<Outcome> => bulkDecide(turn, 'reviews.bulk-remove', input),
});
