import { z } from 'zod/v4';
import { isAppError } from '../../base/errors.js';
import type { GraphAs } from '../../graph/graph.js';
import { activatingOf } from '../../graph/pim/kinds.js';
import { carryOut } from '../carry-out.js';
import { effect } from '../effect.js';
import { type Outcome, verb } from '../flow.js';
import { cardFacts, knownCard } from '../known-card.js';
import { refused } from '../refused.js';
import { itemOf, learnOf, type Snapshot, snapshot, targetOf } from './activations.js';
import { statusCard } from './cards/status-card.js';
import { decideCancel } from './end/rules.js';
import { saysOf } from './errors.js';
import { lastHeard } from './follow/audit-rows.js';
import { stateOf } from './follow/state-of.js';
import { logHidesFor } from './limits.js';
import { askScopes } from './scopes.js';
import { lookAsAsker, showStatusOf } from './show.js';

/** Takes back a request that waits, or one that was accepted for later. */
export const cancel = verb({
  name: 'pim.cancel',
  scopes: askScopes,
  input: z.object({ ref: z.string().max(64) }),
  async run(turn, { ref }): Promise<Outcome> {
    const { services, actor } = turn;
    const card = await knownCard(turn, ref, ['pim.status']);
    const row = await lookAsAsker(turn, card);
    const decision = decideCancel({
      capability: services.policy.flows.pim,
      card: cardFacts(turn, card),
      me: actor.objectId,
      activation: snapshot.parse(row),
      state: row.state,
      personId: row.person,
    });
    if (decision.kind === 'refuse') {
      const why = { ...decision, says: saysOf(decision.code) };
      return refused(turn, ref, why, () => showStatusOf(turn, card));
    }
    try {
      return await carryOut(turn, decision, cancelEffect, ref);
    } catch (error) {
      // Somebody approved it between our look and our press.
      if (
        !isAppError(error) ||
        !['graph.bad-request', 'graph.conflict', 'graph.not-found'].includes(error.code)
      )
        throw error;
      return showStatusOf(turn, card, saysOf('pim.not-open').says);
    }
  },
});

const args = z.object({ activation: snapshot });
const receipt = z.object({ state: z.literal('cancelled') });

type Receipt = z.infer<typeof receipt>;

export const cancelEffect = effect({
  name: 'pim.cancel',
  args,
  receipt,
  hiddenFor: logHidesFor,
  key: ({ activation }) => ({ item: itemOf(activation.id), stage: 'request', action: 'cancel' }),
  act: (graph, { activation }) =>
    activatingOf(activation.kind).cancel(
      graph,
      { id: activation.id, target: targetOf(activation) },
      async () => (await cancelled(graph, activation)) !== undefined,
    ),
  recorded: (graph, { activation }) => cancelled(graph, activation),
  async healed(reader, { activation }): Promise<Receipt | undefined> {
    const asked = { ...targetOf(activation), personId: activation.person };
    const heard = await lastHeard(reader, asked, activation.asked_at);
    return heard?.requestId === activation.id && heard.state === 'cancelled'
      ? { state: 'cancelled' }
      : undefined;
  },
  async settled(tx, services, { args: { activation } }) {
    await learnOf(tx, services, activation.id, () => ({ state: 'cancelled' }));
  },
  working: (services, { activation }, { reference }) =>
    statusCard(services, activation, { working: true, reference }),
  done: (services, { activation }, { state }, { reference }) => {
    return statusCard(services, { ...activation, state }, { reference });
  },
  notDone: async (services, { activation }, { card_ref: ref }) => {
    const { says, next } = saysOf('pim.not-cancelled');
    return statusCard(services, activation, { ref, problem: `${says} ${next}` });
  },
});

async function cancelled(graph: GraphAs, { id, kind }: Snapshot): Promise<Receipt | undefined> {
  const asked = (await activatingOf(kind).mine(graph)).find((each) => each.id === id);
  return asked !== undefined && stateOf[asked.state] === 'cancelled' ? { state: 'cancelled' } : undefined;
}
