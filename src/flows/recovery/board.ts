import { z } from 'zod/v4';
import { flowError } from '../errors.js';
import { type Outcome, verb } from '../flow.js';
import { maySeeBoard } from './board/access.js';
import { boardCard } from './board/board-card.js';
import { recoveryError } from './errors.js';

/** All open cases: for whom each waits, and since when. */
export const board = verb({
  name: 'recovery.board',
  scopes: [],
  input: z.object({ skip: z.int().min(0).max(100_000).default(0) }),
  async run(turn, { skip }): Promise<Outcome> {
    if (turn.services.policy.flows.recovery === 'off') throw flowError('flows.off');
    if (!(await maySeeBoard(turn))) throw recoveryError('recovery.no-board');
    return { kind: 'card', card: await boardCard(turn.services, turn.actor.objectId, skip) };
  },
});
