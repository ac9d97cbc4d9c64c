import { z } from 'zod/v4';
import { carryOut } from '../carry-out.js';
import { type Outcome, verb } from '../flow.js';
import { readCleanUp } from './clean-up/read-facts.js';
import { revokeEffect } from './clean-up/revoke-effect.js';
import { decideRevoke } from './clean-up/rules.js';
import { refuseCleanUp, showHelperCard } from './clean-up/show-helper-card.js';

/** Signs somebody out everywhere, with the helper's own role; where a device was stolen that comes before all else. */
export const revoke = verb({
  name: 'recovery.revoke',
  scopes: ['User.RevokeSessions.All', 'User.Read.All'],
  input: z.object({ ref: z.string().max(64) }),
  async run(turn, { ref }): Promise<Outcome> {
    const { one, row, facts } = await readCleanUp(turn, ref);
    const decision = decideRevoke({ ...facts, now: turn.services.clock.now().getTime() });
    if (decision.kind === 'refuse') return refuseCleanUp(turn, one, row, decision);
    return carryOut(turn, decision, revokeEffect, ref, () => showHelperCard(turn, one, row));
  },
});
