import { z } from 'zod/v4';
import { minute } from '../../base/clock.js';
import { isAppError } from '../../base/errors.js';
import { pimRowsSince } from '../../graph/directory-audits.js';
import type { GraphAs, GraphReader } from '../../graph/graph.js';
import type { Wish } from '../../graph/pim/activating.js';
import { activatingOf } from '../../graph/pim/kinds.js';
import { carryOut } from '../carry-out.js';
import { effect } from '../effect.js';
import { type Outcome, verb } from '../flow.js';
import { cardFacts, knownCard } from '../known-card.js';
import { refused } from '../refused.js';
import { aboutOf, itemOf, learnOf, type Snapshot, snapshot, targetOf } from './activations.js';
import { statusCard } from './cards/status-card.js';
import { decideEnd } from './end/rules.js';
import { meaningOf, saysOf } from './errors.js';
import { endsIn } from './follow/audit-rows.js';
import { isEndOf } from './follow/take-in-ends.js';
import { logHidesFor } from './limits.js';
import { askScopes } from './scopes.js';
import { lookAsAsker, showStatusOf } from './show.js';
import { sameTarget } from './target.js';

/** Gives an activated role back before its time. */
export const end = verb({
  name: 'pim.end',
  scopes: askScopes,
  input: z.object({ ref: z.string().max(64) }),
  async run(turn, { ref }): Promise<Outcome> {
    const { services, actor } = turn;
    const card = await knownCard(turn, ref, ['pim.status']);
    const row = await lookAsAsker(turn, card);
    const decision = decideEnd({
      capability: services.policy.flows.pim,
      card: cardFacts(turn, card),
      me: actor.objectId,
      personId: row.person,
      activation: snapshot.parse(row),
      state: row.state,
      startsAt: row.starts_at,
      now: services.clock.now().getTime(),
    });
    if (decision.kind === 'refuse') {
      const { says, next } = saysOf(decision.code);
      const problem = decision.code === 'pim.too-soon' ? `${says} ${next}` : '';
      return refused(turn, ref, { ...decision, says: saysOf(decision.code) }, () =>
        showStatusOf(turn, card, problem),
      );
    }
    try {
      return await carryOut(turn, decision, endEffect, ref);
    } catch (error) {
      const code = isAppError(error) ? meaningOf(error) : undefined;
      if (code === 'pim.too-soon')
        return showStatusOf(turn, card, `${saysOf(code).says} ${saysOf(code).next}`);
      // It had ended by itself, or somebody else ended it: Entra has just said so.
      if (code === 'pim.not-eligible') {
        const endsAt = services.clock.now().getTime();
        await services.store.write((tx) => learnOf(tx, services, row.id, () => ({ state: 'ended', endsAt })));
        return showStatusOf(turn, card);
      }
      throw error;
    }
  },
});

const args = z.object({ activation: snapshot });
const receipt = z.object({ endedAt: z.number() });

export const endEffect = effect({
  name: 'pim.end',
  args,
  receipt,
  key: ({ activation }) => ({ item: itemOf(activation.id), stage: 'use', action: 'end' }),
  act: (graph, { activation }, { ids }) =>
    activatingOf(activation.kind).deactivate(graph, wishOf(activation, ids.guid()), async () =>
      hasEnded(graph, activation),
    ),
  recorded: async (graph, { activation }) =>
    (await hasEnded(graph, activation)) ? { endedAt: 0 } : undefined,
  healed: (reader, { activation }) => endSeen(reader, activation),
  hiddenFor: logHidesFor,
  async settled(tx, services, { args: { activation } }) {
    const now = services.clock.now().getTime();
    await learnOf(tx, services, activation.id, ({ ends_at }) => ({
      state: 'ended',
      endsAt: Math.min(ends_at, now),
      about: { endedBy: 'self' },
    }));
  },
  working: (services, { activation }, { reference }) =>
    statusCard(services, activation, { working: true, reference }),
  done: (services, { activation }, _, { reference }) =>
    statusCard(services, endedNow(activation, services.clock.now().getTime()), { ref: '', reference }),
  notDone: async (services, { activation }, { card_ref: ref }) => {
    const { says, next } = saysOf('pim.not-ended');
    return statusCard(services, activation, { ref, problem: `${says} ${next}` });
  },
});

/** Azure shows nothing to the bot itself: there the log has to tell. */
async function endSeen(
  reader: GraphReader,
  activation: Snapshot,
): Promise<z.infer<typeof receipt> | undefined> {
  const target = targetOf(activation);
  const seen = await activatingOf(activation.kind).seen(reader, {
    ...target,
    principalId: activation.person,
  });
  if (seen !== undefined) {
    return seen.some((each) => each.activated && sameTarget(each, target)) ? undefined : { endedAt: 0 };
  }
  for await (const page of pimRowsSince(reader, new Date(activation.starts_at))) {
    if (endsIn(page).some((each) => isEndOf(activation, each))) return { endedAt: 0 };
  }
  return undefined;
}

function endedNow(activation: Snapshot, now: number): Snapshot {
  const about = JSON.stringify({ ...aboutOf(activation), endedBy: 'self' });
  return { ...activation, state: 'ended', about, ends_at: Math.min(activation.ends_at, now) };
}

async function hasEnded(graph: GraphAs, activation: Snapshot): Promise<boolean> {
  const held = await activatingOf(activation.kind).held(graph);
  return !held.some((each) => each.activated && sameTarget(each, targetOf(activation)));
}

function wishOf(activation: Snapshot, requestId: string): Wish {
  const about = aboutOf(activation);
  return {
    ...targetOf(activation),
    principalId: activation.person,
    reason: about.reason,
    ticket: undefined,
    minutes: Math.max(5, Math.round((activation.ends_at - activation.starts_at) / minute)),
    startsAt: undefined,
    scheduleId: about.scheduleId,
    requestId,
  };
}
