import { z } from 'zod/v4';
import { type Outcome, verb } from '../flow.js';
import { changeCard } from './cards/change-card.js';
import { readAnswer, refuseAnswer } from './changes/answer.js';
import { changeById } from './changes/rows.js';
import { decideNotMe } from './changes/rules.js';
import { openIncident } from './incident/open-incident.js';

/** “No, that was not me”: somebody may be in the account, and whoever can throw them out is told at once. */
export const notMe = verb({
  name: 'recovery.not-me',
  scopes: [],
  input: z.object({ ref: z.string().max(64) }),
  async run(turn, { ref }): Promise<Outcome> {
    const { services } = turn;
    const { change, facts } = await readAnswer(turn, ref);
    const decision = decideNotMe(facts);
    if (decision.kind === 'refuse') return refuseAnswer(turn, change, ref, decision);
    // The same press delivered twice is one.
    if (change.answer !== 'not-me') await openIncident(turn, decision.permit, change);
    const now = (await changeById(services, change.id)) ?? change;
    return { kind: 'card', card: changeCard(services, now, { ref }), ref };
  },
});
