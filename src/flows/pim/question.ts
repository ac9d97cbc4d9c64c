import { verb } from '../flow.js';
import { closeInput, closeLookBack } from './look-back/close.js';

/** Somebody should look into what was done with the role. Nothing is written to Entra, so it takes no permission there. */
export const question = verb({
  name: 'pim.question',
  scopes: [],
  input: closeInput,
  run: (turn, input) => closeLookBack(turn, 'pim.question', input),
});
