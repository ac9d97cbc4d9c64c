import { z } from 'zod/v4';
import { effective } from '../../graph/pim/kinds.js';
import type { ActivationRow, CardRow } from '../../store/schema.js';
import { flowError } from '../errors.js';
import { type Outcome, verb } from '../flow.js';
import { knownCard } from '../known-card.js';
import type { Turn } from '../turn.js';
import { aboutOf, activationById, activationOf, isOver, learn, targetOf } from './activations.js';
import { decidedCard } from './cards/decided-card.js';
import { openStatus } from './cards/open-status.js';
import { statusCard } from './cards/status-card.js';
import { lookAsApprover } from './decide/facts.js';
import { approversOf, pendingCard, readPending } from './decide/pending.js';
import { pimError } from './errors.js';
import { observe } from './follow/observe.js';
import { takeIn } from './follow/take-in.js';
import { readMineScopes } from './scopes.js';
import { serviceOf } from './switched-on.js';

/** How things stand, seen with the reader's own token: pressed, or asked for by their client by itself. */
export const show = verb({
  name: 'pim.show',
  scopes: readMineScopes,
  input: z.union([
    z.object({ ref: z.string().max(64) }),
    /** Off the list of what I have: its card is made when somebody wants to see it. */
    z.object({ activation: z.string().max(200) }),
  ]),
  async run(turn, input): Promise<Outcome> {
    if ('activation' in input) return showStatusOf(turn, await ownStatus(turn, input.activation));
    const card = await knownCard(turn, input.ref, ['pim.status', 'pim.decide']);
    return card.kind === 'pim.status' ? showStatusOf(turn, card) : showRequest(turn, card);
  },
});

async function ownStatus({ services, actor }: Turn, activation: string): Promise<CardRow> {
  const row = await activationById(services, activation);
  if (row === undefined) throw flowError('flows.unknown-card');
  if (row.person !== actor.objectId) throw flowError('flows.not-your-card');
  return services.store.write((tx) => openStatus(tx, services, row));
}

/** The asker's card. */
export async function showStatusOf(turn: Turn, card: CardRow, problem = ''): Promise<Outcome> {
  const { services } = turn;
  const row = await lookAsAsker(turn, card);
  const picture = statusCard(services, row, {
    ref: card.ref,
    waitingFor: await waitingFor(turn, row),
    problem,
    reference: turn.reference,
  });
  return { kind: 'card', card: picture, ref: card.ref };
}

/** Entra shows its asker at once what the bot only learns later, or never. */
export async function lookAsAsker(turn: Turn, card: CardRow): Promise<ActivationRow> {
  const { services, graph } = turn;
  const known = await activationOf(services, card);
  if (known === undefined) throw pimError('pim.not-shown');
  // What we only supposed, Entra may know better.
  if (isOver(known.state) && !['expired', 'failed'].includes(known.state)) return known;
  const asked = (await serviceOf(services, known.kind).mine(graph)).find(({ id }) => id === known.id);
  const row = asked === undefined ? known : await takeIn(services, asked);
  if (row.kind !== 'azure') return (await observe(services, row)).row;
  return row.state === 'active' ? lookInAzure(turn, row) : row;
}

/** The bot may not look there; its reader can. */
async function lookInAzure({ services, graph }: Turn, row: ActivationRow): Promise<ActivationRow> {
  if (!(await effective(graph, { target: targetOf(row), principalId: row.person }))) return row;
  await services.store.write((tx) => learn(tx, services, row, { state: 'ready' }, { state: 'ready' }));
  services.wake();
  return (await activationById(services, row.id)) ?? row;
}

async function waitingFor({ services, reference }: Turn, row: ActivationRow): Promise<string> {
  if (row.state !== 'asked' || !aboutOf(row).approval) return '';
  const approvers = await approversOf(services.graph.reader(reference), row);
  return approvers
    .map(({ name }) => name)
    .slice(0, 5)
    .join(', ');
}

/** The approver's card: with reason, ticket and window, which Entra shows only to them; or how it ended. */
async function showRequest(turn: Turn, card: CardRow): Promise<Outcome> {
  const { services, actor, reference } = turn;
  const { ref, person } = card;
  const { row, asked } = await lookAsApprover(turn, card);
  if (row.state !== 'asked') {
    return { kind: 'card', card: decidedCard(services, row, { person: actor.objectId, reference }), ref };
  }
  const pending = await readPending(services, row);
  // Entra shows it to those who may decide it: whoever is none any more reads that, and has no buttons.
  const to = { ref, person, mri: '', problem: '', mayDecide: asked !== undefined };
  return { kind: 'card', card: pendingCard(services, pending, to), ref };
}
