import type { Card } from '../../../cards/card.js';
import type { CardRow } from '../../../store/schema.js';
import type { Outcome } from '../../flow.js';
import type { Turn } from '../../turn.js';
import { type Addressee, pendingCard } from '../cards/decide-card.js';
import { decidedCard } from '../cards/decided-card.js';
import { packagesError } from '../errors.js';
import { nextWith } from '../follow/next-with.js';
import { itemId } from '../offers.js';
import { asksAgain, cardStage } from './card-stage.js';
import { decideScopes } from './input.js';
import { type Look, lookAsApprover, stageFor } from './look.js';
import { readPending } from './pending.js';
import { aboutOf, nobody, verdictOf, verdictOfStage } from './verdict.js';

/** How the request on an approver's card stands now, seen with the reader's own token. */
export async function decideCardFor(turn: Turn, row: CardRow): Promise<Outcome> {
  const { services, actor, reference } = turn;
  // The stages take a wider permission than looking at one's own request does.
  const graph = services.graph.as(actor, decideScopes, reference);
  const look = await lookAsApprover(turn, graph, itemId(row));
  return { kind: 'card', card: await cardOf(turn, row, look), ref: row.ref };
}

export async function cardOf(turn: Turn, row: CardRow, look: Look): Promise<Card> {
  const over = await overCard(turn, row, look);
  if (over !== undefined) return over;
  const { waiting } = look;
  const listed = waiting?.assignedToMe === true && waiting.index === cardStage(row);
  const { ref, person } = row;
  return waitingCard(turn, row, look, { ref, person, mri: '', problem: '', listed });
}

/** Undefined: the stage of this card still waits. */
export async function overCard(turn: Turn, row: CardRow, look: Look): Promise<Card | undefined> {
  const { services, actor, reference } = turn;
  const { request, policy, seen } = look;
  const pending = request.state === 'pendingApproval';
  const ofStage = verdictOfStage(seen.stages, cardStage(row), policy.stages.length);
  const verdict = pending ? ofStage : verdictOf(request, seen.stages, policy.stages.length);
  if (verdict === undefined && pending) return undefined;
  const nowWith = pending ? await nextWith(services, look) : '';
  const viewer = { id: actor.objectId, reference, nowWith };
  return decidedCard(services.tenantId, aboutOf(request), verdict ?? { ...nobody, state: 'closed' }, viewer);
}

export async function waitingCard(
  turn: Turn,
  row: CardRow,
  look: Look,
  to: Omit<Addressee, 'again'>,
): Promise<Card> {
  const { services } = turn;
  const { request, policy, seen } = look;
  const index = cardStage(row);
  const stage = stageFor(look, index, services.clock.now().getTime());
  if (stage === undefined) throw packagesError('packages.not-shown');
  const earlier = seen.stages.slice(0, index);
  const pending = await readPending(services, request, { policy, stage, earlier });
  return pendingCard(services, pending, { ...to, again: await asksAgain(services.store.db, row.ref) });
}
