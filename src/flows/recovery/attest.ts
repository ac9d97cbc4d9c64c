import { verb } from '../flow.js';
import { answer, answerInput } from './attest/answer.js';

/** It is really them, and how that was verified. Nothing is written to Entra, so it takes no permission there. */
export const attest = verb({
  name: 'recovery.attest',
  scopes: [],
  input: answerInput,
  run: (turn, input) => answer(turn, 'recovery.attest', input),
});
