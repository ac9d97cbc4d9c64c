import { verb } from '../flow.js';
import { decide } from './decide/decide.js';
import { decideInput, decideScopes } from './decide/input.js';

export const approve = verb({
  name: 'packages.approve',
  scopes: decideScopes,
  input: decideInput,
  run: (turn, input) => decide(turn, 'packages.approve', input),
});
