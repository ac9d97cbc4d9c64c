import { z } from 'zod/v4';
import { type Outcome, verb } from '../flow.js';
import { knownCard } from '../known-card.js';
import { decideCardFor } from './decide/show.js';
import { showHeld } from './held/show-held.js';
import { showStatusOf } from './status/show-status-of.js';

/** How things stand, seen with the reader's own token: pressed, or asked for by their client by itself. */
export const show = verb({
  name: 'packages.show',
  // An approver's card takes more than that, and asks for it only when it is looked at.
  scopes: ['EntitlementMgmt-SubjectAccess.ReadWrite'],
  input: z.union([
    z.object({ ref: z.string().max(64) }),
    /** Off the list of what I hold. */
    z.object({ assignment: z.guid() }),
  ]),
  async run(turn, input): Promise<Outcome> {
    if ('assignment' in input) return showHeld(turn, input.assignment);
    const row = await knownCard(turn, input.ref, ['packages.status', 'packages.decide']);
    return row.kind === 'packages.status' ? showStatusOf(turn, row) : decideCardFor(turn, row);
  },
});
