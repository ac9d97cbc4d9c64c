import { type Outcome, verb } from '../flow.js';
import { decide, decideInput } from './decide.js';
import { scopes } from './show.js';

/** What it does is said on the card and stands in the policy: it removes, or leaves it to the review's own rule. */
export const unsure = verb({
  name: 'reviews.unsure',
  scopes,
  input: decideInput,
  run: (turn, input): Promise<Outcome> => decide(turn, 'reviews.unsure', input),
});
