import { type Outcome, verb } from '../flow.js';
import { decide, decideInput } from './decide.js';
import { scopes } from './show.js';

export const remove = verb({
  name: 'reviews.remove',
  scopes,
  input: decideInput,
  run: (turn, input): Promise<Outcome> => decide(turn, 'reviews.remove', input),
});
