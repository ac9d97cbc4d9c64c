import { z } from 'zod/v4';
import { flowError } from '../errors.js';
import { type Outcome, verb } from '../flow.js';
import { knownCard } from '../known-card.js';
import { caseOf } from './cases.js';
import { cardFor, caseKinds } from './follow/card-for.js';

/** How a case stands, on whichever of its cards: pressed, or asked for by the reader's client by itself. */
export const show = verb({
  name: 'recovery.show',
  scopes: [],
  input: z.object({ ref: z.string().max(64) }),
  async run(turn, { ref }): Promise<Outcome> {
    const row = await knownCard(turn, ref, caseKinds);
    const one = await caseOf(turn.services, row);
    const card = one && (await cardFor(turn.services, one, row));
    if (card === undefined) throw flowError('flows.unknown-card');
    return { kind: 'card', card, ref };
  },
});
