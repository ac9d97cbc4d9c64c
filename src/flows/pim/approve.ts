import { type Outcome, verb } from '../flow.js';
import { decide } from './decide/decide.js';
import { decideInput } from './decide/input.js';
import { decideScopes } from './scopes.js';

export const approve = verb({
  name: 'pim.approve',
  scopes: decideScopes,
  input: decideInput,
  run: (turn, input): Promise<Outcome> => decide(turn, 'pim.approve', input),
});
