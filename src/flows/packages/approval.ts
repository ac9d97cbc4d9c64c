import { z } from 'zod/v4';
import { day } from '../../base/clock.js';
import { isNotFound } from '../../graph/errors.js';
import { openCard } from '../../jobs/cards.js';
import { type Outcome, verb } from '../flow.js';
import type { Turn } from '../turn.js';
import { decideKind, decideLivesDays, decidePurpose } from './decide/card-stage.js';
import { decideScopes } from './decide/input.js';
import { type Look, lookAsApprover } from './decide/look.js';
import { waitingCard } from './decide/show.js';
import { packagesError } from './errors.js';
import { itemOf } from './follow/request-cards.js';

/** One of the requests that wait for this person, on a card on which they can decide it. */
export const approval = verb({
  name: 'packages.approval',
  scopes: decideScopes,
  input: z.object({ request: z.guid() }),
  async run(turn, input): Promise<Outcome> {
    const { services, actor } = turn;
    const look = await lookOrGone(turn, input.request.toLowerCase());
    const { request, waiting } = look;
    const person = actor.objectId;
    if (request.requestorId === person) throw packagesError('packages.own-request');
    if (request.targetId === person) throw packagesError('packages.own-access');
    if (request.state !== 'pendingApproval' || waiting?.assignedToMe !== true)
      throw packagesError('packages.not-waiting');
    const row = await services.store.write((tx) =>
      openCard(tx, services, {
        flow: 'packages',
        kind: decideKind,
        item: itemOf(request.id),
        person,
        purpose: decidePurpose(request.id, person, waiting.index),
        expiresAt: new Date(services.clock.now().getTime() + decideLivesDays * day),
      }),
    );
    const { ref } = row;
    return {
      kind: 'card',
      card: await waitingCard(turn, row, look, { ref, person, mri: '', problem: '' }),
      ref,
    };
  },
});

/** An id that came from a card may be anything. */
async function lookOrGone(turn: Turn, requestId: string): Promise<Look> {
  try {
    return await lookAsApprover(turn, turn.graph, requestId);
  } catch (error) {
    if (isNotFound(error)) throw packagesError('packages.not-waiting');
    throw error;
  }
}
