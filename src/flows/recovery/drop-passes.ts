import { z } from 'zod/v4';
import { passesOf } from '../../graph/recovery/recovery.js';
import { carryOut } from '../carry-out.js';
import { type Outcome, verb } from '../flow.js';
import { dropEffect } from './incident/drop-effect.js';
import { readIncident, refuseIncident, showIncident } from './incident/read-incident.js';
import { decideDrop } from './incident/rules.js';
import { isOver } from './issue/rules.js';
import { mayMakePass } from './who/issuers.js';

/** Deletes every pass with which somebody could sign in as whoever says that it was not them. */
export const dropPasses = verb({
  name: 'recovery.drop-passes',
  scopes: ['UserAuthMethod-TAP.ReadWrite.All'],
  input: z.object({ ref: z.string().max(64) }),
  async run(turn, { ref }): Promise<Outcome> {
    const { services, actor, graph, reference } = turn;
    const { one, facts } = await readIncident(turn, ref);
    const reader = services.graph.reader(reference);
    const hasRole = await mayMakePass(reader, actor.objectId, one.privileged === 1);
    // How people sign in is nothing for whoever has no role to read it.
    const all = hasRole ? await passesOf(graph, one.subject) : [];
    const passes = all.filter(({ why }) => !isOver(why)).map(({ id }) => id);
    const decision = decideDrop({ ...facts, hasRole, passes });
    if (decision.kind === 'refuse') return refuseIncident(turn, one, ref, decision);
    return carryOut(turn, decision, dropEffect, ref, () => showIncident(turn, one, ref));
  },
});
