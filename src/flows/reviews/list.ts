import { z } from 'zod/v4';
import {
  myDecisions,
  myInstances,
  myReviews,
  myStages,
  type ReviewPlace,
} from '../../graph/access-review.js';
import type { ReviewRow } from '../../store/schema.js';
import { flowError } from '../errors.js';
import { type Outcome, verb } from '../flow.js';
import { myAccess } from '../links.js';
import type { Turn } from '../turn.js';
import { listRow } from './cards/packet-card.js';
import type { ListView } from './cards/views.js';
import { openPacket, reviewById } from './packets.js';
import { scopes } from './show.js';

const shownAtMost = 10;

/** All that waits for this person, as Entra shows it to them now. */
export const list = verb({
  name: 'reviews.list',
  scopes,
  input: z.strictObject({}),
  async run(turn): Promise<Outcome> {
    if (turn.services.policy.flows.reviews === 'off') throw flowError('flows.off');
    const mine = await waiting(turn);
    const rows = [...mine].sort((one, other) => one.review.ends_at - other.review.ends_at);
    const reviews = await Promise.all(rows.slice(0, shownAtMost).map((row) => rowOf(turn, row)));
    const view: ListView = {
      why: 'asked',
      reviews,
      more: Math.max(0, rows.length - shownAtMost),
      portalUrl: myAccess(turn.services.tenantId, 'access-reviews'),
    };
    return { kind: 'card', card: { template: 'reviews/list', view } };
  },
});

interface Waiting {
  readonly review: ReviewRow;
  readonly place: ReviewPlace;
}

/** Running reviews of this person that the bot knows; one that began a moment ago comes with the next sweep. */
async function waiting(turn: Turn): Promise<readonly Waiting[]> {
  const definitions = (await myReviews(turn.graph)).filter(({ status }) => status === 'InProgress');
  const instances = await myInstances(
    turn.graph,
    definitions.map(({ id }) => id),
  );
  const running = [...instances].flatMap(([definitionId, all]) =>
    all.filter(({ status }) => status === 'InProgress').map(({ id }) => ({ definitionId, instanceId: id })),
  );
  const found = await Promise.all(running.map((place) => known(turn, place)));
  return found.flatMap((one) => one ?? []);
}

async function known(turn: Turn, place: ReviewPlace): Promise<Waiting | undefined> {
  const review = await reviewById(turn.services, place.instanceId);
  if (review === undefined || review.state !== 'running') return undefined;
  if (review.stage_id === '') return { review, place };
  // Of several stages only the one that is at work and mine.
  const stages = await myStages(turn.graph, place);
  const mine = stages.some(({ id, status }) => id === review.stage_id && status === 'InProgress');
  return mine ? { review, place: { ...place, stageId: review.stage_id } } : undefined;
}

async function rowOf(turn: Turn, { review, place }: Waiting): Promise<ListView['reviews'][number]> {
  const { services, actor, graph } = turn;
  const [card, open] = await Promise.all([
    services.store.write((tx) => openPacket(tx, services, review, actor.objectId)),
    myDecisions(graph, place, { decision: 'NotReviewed', top: 1 }),
  ]);
  return listRow(services, review, { ref: card.ref, left: open.count ?? -1 });
}
