import { verb } from '../flow.js';
import { closeInput, closeLookBack } from './look-back/close.js';

/** What was done with the role is as it should be. Nothing is written to Entra, so it takes no permission there. */
export const expected = verb({
  name: 'pim.expected',
  scopes: [],
  input: closeInput,
  run: (turn, input) => closeLookBack(turn, 'pim.expected', input),
});
