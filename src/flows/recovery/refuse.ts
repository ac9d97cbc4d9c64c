import { verb } from '../flow.js';
import { answer, answerInput } from './attest/answer.js';

/** It is not them, or whoever was asked is not sure: the case ends, and security is told. */
export const refuse = verb({
  name: 'recovery.refuse',
  scopes: [],
  input: answerInput,
  run: (turn, input) => answer(turn, 'recovery.refuse', input),
});
