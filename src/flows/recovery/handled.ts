import { z } from 'zod/v4';
import { carryOut } from '../carry-out.js';
import { type Outcome, verb } from '../flow.js';
import { maySeeBoard } from './board/access.js';
import { handledEffect } from './incident/handled-effect.js';
import { readIncident, refuseIncident, showIncident } from './incident/read-incident.js';
import { decideHandled } from './incident/rules.js';
import { livePasses } from './issue/live-passes.js';

/** Somebody looked into “that was not me”, and says what they found out. */
export const handled = verb({
  name: 'recovery.handled',
  scopes: [],
  input: z.object({ ref: z.string().max(64), note: z.string().max(1000).default('') }),
  async run(turn, { ref, note }): Promise<Outcome> {
    const { one, facts } = await readIncident(turn, ref);
    const looksAfter = await maySeeBoard(turn);
    // Nothing that opens the account outlives the case, whoever made it.
    const reader = turn.services.graph.reader(turn.reference);
    const passesLeft = looksAfter ? (await livePasses(reader, one.subject)).length : 0;
    const decision = decideHandled({ ...facts, note: note.trim(), looksAfter, passesLeft });
    if (decision.kind === 'refuse') return refuseIncident(turn, one, ref, decision);
    return carryOut(turn, decision, handledEffect, ref, () => showIncident(turn, one, ref));
  },
});
