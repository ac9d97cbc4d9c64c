import { z } from 'zod/v4';
import { openCard } from '../../jobs/cards.js';
import { type Outcome, verb } from '../flow.js';
import { itemOf } from './activations.js';
import { decideLives, pendingCard, readPending } from './decide/pending.js';
import { pimError } from './errors.js';
import { takeIn } from './follow/take-in.js';
import { decideScopes } from './scopes.js';
import { serviceOf } from './switched-on.js';

/** One of the requests that wait for this person, on a card on which they can decide it. */
export const approval = verb({
  name: 'pim.approval',
  scopes: decideScopes,
  input: z.object({ kind: z.enum(['role', 'group', 'azure']), id: z.string().min(1).max(200) }),
  async run(turn, { kind, id }): Promise<Outcome> {
    const { services, actor } = turn;
    const waiting = await serviceOf(services, kind).waiting(turn.graph);
    const asked = waiting.find((each) => each.id === id);
    if (asked === undefined) throw pimError('pim.not-waiting');
    if (asked.principalId === actor.objectId) throw pimError('pim.own-request');
    const row = await takeIn(services, asked);
    const person = actor.objectId;
    const { ref } = await services.store.write((tx) =>
      openCard(tx, services, {
        flow: 'pim',
        kind: 'pim.decide',
        item: itemOf(row.id),
        person,
        purpose: `pim.decide:${row.id}:${person}`,
        expiresAt: new Date(services.clock.now().getTime() + decideLives),
      }),
    );
    const card = pendingCard(services, await readPending(services, row), {
      ref,
      person,
      mri: '',
      problem: '',
    });
    return { kind: 'card', card, ref };
  },
});
