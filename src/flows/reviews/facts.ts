import { createHash } from 'node:crypto';
import { isAppError } from '../../base/errors.js';
import {
  type DecisionInfo,
  decisionById,
  instanceById,
  myDecisions,
  type ReviewInfo,
  type ReviewPlace,
  type ReviewStage,
  reviewDefinition,
  stagesOf,
} from '../../graph/access-review.js';
import { userById } from '../../graph/directory.js';
import { cardByRef } from '../../jobs/cards.js';
import type { CardRow, PacketRow, ReviewRow } from '../../store/schema.js';
import { flowError } from '../errors.js';
import type { Turn } from '../turn.js';
import { type About, aboutOf, packetByRef, placeOf, reviewById } from './packets.js';
import type { ItemFacts, ReviewFacts } from './rules.js';
import { shownIds } from './shown.js';
import { reviewTier, subjectOfItem } from './tier.js';

/** One reviewer's place in one review, as Entra shows it to them now. */
export interface Reading {
  readonly ref: string;
  readonly packet: PacketRow;
  readonly review: ReviewRow;
  readonly about: About;
  readonly place: ReviewPlace;
  readonly definition: ReviewInfo;
  readonly stages: readonly ReviewStage[];
  /** The whole review: of several stages another one may be at work. */
  readonly instanceRunning: boolean;
  readonly facts: ReviewFacts;
}

/** Read with the reviewer's own token: whom Entra does not show the review, it asks nothing. */
export async function readReview(turn: Turn, ref: string): Promise<Reading> {
  const { services, graph } = turn;
  if (services.policy.flows.reviews === 'off') throw flowError('flows.off');
  const card = await knownPacket(turn, ref);
  const packet = await packetByRef(services, ref);
  const review = packet && (await reviewById(services, packet.instance_id));
  if (packet === undefined || review === undefined) throw flowError('flows.unknown-card');
  // Of the stage this card was made for; the review may be further by now.
  const place = placeOf({ ...review, stage_id: packet.stage_id });
  const [definition, instance, stages, me] = await Promise.all([
    reviewDefinition(graph, place.definitionId),
    instanceById(graph, place),
    packet.stage_id === '' ? [] : stagesOf(graph, place),
    readMe(turn),
  ]);
  const stage = stages.find(({ id }) => id === packet.stage_id);
  const instanceRunning = instance.status === 'InProgress';
  const running = instanceRunning && (packet.stage_id === '' || stage?.status === 'InProgress');
  const about = aboutOf(review);
  const facts = factsOf(turn, { card, about, place, definition, me, running });
  return { ref, packet, review, about, place, definition, stages, instanceRunning, facts };
}

interface Known {
  readonly card: CardRow;
  readonly about: About;
  readonly place: ReviewPlace;
  readonly definition: ReviewInfo;
  readonly me: ReviewFacts['me'];
  readonly running: boolean;
}

function factsOf({ services }: Turn, { card, about, place, definition, me, running }: Known): ReviewFacts {
  const { policy, clock } = services;
  const { tier, basis } = reviewTier(policy, about);
  return {
    capability: policy.flows.reviews,
    expired: card.expires_at <= clock.now().getTime(),
    me,
    running,
    selfReview: definition.selfReview,
    tier,
    tierBasis: basis,
    reasonRequired: definition.settings.reasonRequired,
    recommendations: definition.settings.recommendations,
    severalSubjects: about.kind === 'other',
    notSure: policy.reviews.notSure,
    ref: card.ref,
    place: {
      definitionId: place.definitionId,
      instanceId: place.instanceId,
      stageId: place.stageId ?? '',
      review: about.review,
      subjectName: about.name,
    },
  };
}

/** The same for one item: a review of several things asks for as much care as the thing it is about. */
export function factsAbout(
  { services }: Turn,
  { facts, about }: Reading,
  item: Pick<DecisionInfo, 'resource'> | undefined,
): ReviewFacts {
  const subject = subjectOfItem(about, item ?? { resource: undefined });
  const { tier, basis } = reviewTier(services.policy, subject);
  return { ...facts, tier, tierBasis: basis, place: { ...facts.place, subjectName: subject.name } };
}

/** The row behind a reference, for the person it was made for; for anybody else there is none. */
async function knownPacket(turn: Turn, ref: string): Promise<CardRow> {
  const row = await cardByRef(turn.services.store.db, ref);
  if (row === undefined || row.kind !== 'reviews.packet') throw flowError('flows.unknown-card');
  if (row.person !== turn.actor.objectId) throw flowError('flows.not-your-card');
  return row;
}

async function readMe(turn: Turn): Promise<ReviewFacts['me']> {
  const me = await userById(turn.services.graph.reader(turn.reference), turn.actor.objectId);
  return { id: turn.actor.objectId, guest: me.guest };
}

/** One item of this reviewer's own list; undefined where it is not in it, or nowhere. */
export async function readMyItem(
  turn: Turn,
  reading: Reading,
  id: string,
): Promise<DecisionInfo | undefined> {
  try {
    const item = await decisionById(turn.graph, reading.place, id);
    return (await isMine(turn, reading, item)) ? item : undefined;
  } catch (error) {
    if (
      isAppError(error) &&
      ['graph.not-found', 'graph.forbidden', 'graph.bad-request'].includes(error.code)
    ) {
      return undefined;
    }
    throw error;
  }
}

/** What we showed came out of their own list; anything else is looked up there. Entra has the last word at the write. */
async function isMine(turn: Turn, { packet, place }: Reading, item: DecisionInfo): Promise<boolean> {
  if (shownIds(packet).includes(item.id)) return true;
  const { items } = await myDecisions(turn.graph, place, { principalId: item.principal.id, top: 20 });
  return items.some(({ id }) => id === item.id);
}

/**
 * How items look now, in a few letters that travel on the card. Decisions made here count too: back to undecided is
 * not the same look as never decided, or a press from before could be taken for one from after.
 */
export async function looksOf(
  turn: Turn,
  reading: Pick<Reading, 'place'>,
  items: readonly Seen[],
): Promise<ReadonlyMap<string, string>> {
  const keys = items.map(({ id }) => decisionItem(reading.place, id));
  if (keys.length === 0) return new Map();
  const rows = await turn.services.store.db
    .selectFrom('claims')
    .select((column) => ['item', column.fn.countAll<number | string>().as('count')])
    .where('item', 'in', keys)
    .where('state', '=', 'done')
    .groupBy('item')
    .execute();
  const counts = new Map(rows.map(({ item, count }) => [item, Number(count)]));
  return new Map(items.map((item, index) => [item.id, lookOf(item, counts.get(keys[index] ?? '') ?? 0)]));
}

type Seen = Pick<DecisionInfo, 'id' | 'decision' | 'reviewedBy' | 'reviewedAt' | 'justification'>;

function lookOf({ decision, reviewedBy, reviewedAt, justification }: Seen, count: number): string {
  const seen = [decision, reviewedBy?.id ?? '', reviewedAt ?? '', justification, count];
  return createHash('sha256').update(JSON.stringify(seen)).digest('base64url').slice(0, 16);
}

export function decisionItem(place: ReviewPlace, id: string): string {
  return `reviewDecision:${place.instanceId}:${place.stageId ?? ''}:${id}`;
}

export function itemFacts(item: DecisionInfo, me: string, seen: string): ItemFacts {
  return {
    id: item.id,
    name: item.principal.name,
    principalId: item.principal.id,
    resourceId: item.resource?.id ?? '',
    decision: item.decision,
    byMe: item.reviewedBy?.id === me,
    reason: item.justification,
    recommendation: item.recommendation,
    seen,
  };
}
