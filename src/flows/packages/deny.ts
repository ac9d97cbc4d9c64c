import { verb } from '../flow.js';
import { decide } from './decide/decide.js';
import { decideInput, decideScopes } from './decide/input.js';

export const deny = verb({
  name: 'packages.deny',
  scopes: decideScopes,
  input: decideInput,
  run: (turn, input) => decide(turn, 'packages.deny', input),
});
