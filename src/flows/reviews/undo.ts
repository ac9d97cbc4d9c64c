import { type Outcome, verb } from '../flow.js';
import { decide, decideInput } from './decide.js';
import { scopes } from './show.js';

/** Back to what this reviewer had said before, or to nothing decided. */
export const undo = verb({
  name: 'reviews.undo',
  scopes,
  input: decideInput,
  run: (turn, input): Promise<Outcome> => decide(turn, 'reviews.undo', input),
});
