import { z } from 'zod/v4';
import { userById } from '../../graph/directory.js';
import { findPeople } from '../../graph/recovery/recovery.js';
import { type Outcome, verb } from '../flow.js';
import type { Turn } from '../turn.js';
import { findCard, helpCard, type Search } from './cards/help-card.js';
import { happenings } from './words.js';

/** Names of people are long, and whoever is not among so few writes more of the name. */
const shownAtMost = 6;

/** Whoever has no device left is helped by somebody who has: looks for them by name, with the searcher's own rights. */
export const find = verb({
  name: 'recovery.find',
  scopes: ['User.Read.All'],
  input: z.object({
    what: z.enum(happenings),
    name: z.string().max(80).default(''),
    note: z.string().max(1000).default(''),
  }),
  async run(turn, input): Promise<Outcome> {
    const { services, actor, reference } = turn;
    if (services.policy.flows.recovery !== 'act') return { kind: 'card', card: helpCard('portal') };
    const me = await userById(services.graph.reader(reference), actor.objectId);
    if (me.guest) return { kind: 'card', card: helpCard('guest') };
    return findOutcome(turn, input);
  },
});

export async function findOutcome(turn: Turn, wish: Omit<Search, 'found'>): Promise<Outcome> {
  const name = wish.name.trim();
  const found = name === '' ? undefined : await findPeople(turn.graph, name);
  const others = found?.filter(({ id }) => id !== turn.actor.objectId).slice(0, shownAtMost);
  return { kind: 'card', card: findCard({ ...wish, name, found: others }) };
}
