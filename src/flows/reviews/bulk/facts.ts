import { createHash } from 'node:crypto';
import { second } from '../../../base/clock.js';
import { type DecisionInfo, myDecisions, type ReviewPlace } from '../../../graph/access-review.js';
import { flowError } from '../../errors.js';
import type { Turn } from '../../turn.js';
import type { Reading } from '../facts.js';
import type { BulkFacts, BulkKind } from './rules.js';

export interface BulkReading {
  readonly facts: BulkFacts;
  readonly people: readonly DecisionInfo[];
  /** Those that one press does not take any more. */
  readonly more: number;
  /** A hash of exactly these people, so that what is done is what was agreed to. */
  readonly seen: string;
}

const pageLength = 100;

/**
 * Whom a bulk would decide about: undecided, in the reader's own list, never against Entra's recommendation and never
 * the reader. Read anew for the question and for the answer; a card carries no list.
 */
export async function readBulk(
  turn: Turn,
  reading: Reading,
  kind: BulkKind,
  pressed: { readonly seen: string; readonly reason: string },
): Promise<BulkReading> {
  const most = turn.services.policy.reviews.bulkAtMost;
  const found: DecisionInfo[] = [];
  let count = 0;
  for (let skip = 0; found.length <= most; skip += pageLength) {
    const page = await myDecisions(turn.graph, reading.place, {
      ...filterFor(kind, reading),
      skip,
      top: pageLength,
      insights: kind === 'remove',
    });
    count = page.count ?? 0;
    found.push(...page.items.filter((item) => isMeant(turn, kind, reading, item)));
    if (page.items.length < pageLength) break;
    // Half a list would be another question than the one that was asked.
    if (turn.services.clock.now().getTime() > turn.answerBy - 3 * second) throw flowError('flows.too-slow');
  }
  const people = found.slice(0, most);
  const seen = hashOf(kind, people, await donesOf(turn, reading));
  const facts: BulkFacts = {
    ...reading.facts,
    items: people.map(({ id, principal }) => ({ id, name: principal.name })),
    fresh: seen === pressed.seen,
    reason: pressed.reason.trim(),
  };
  return { facts, people, more: Math.max(0, Math.max(count, found.length) - people.length), seen };
}

function filterFor(kind: BulkKind, { facts }: Reading) {
  const open = { decision: 'NotReviewed' };
  if (kind === 'remove') return { ...open, recommendation: 'Deny' };
  return facts.recommendations ? { ...open, recommendation: 'Approve' } : open;
}

/** A filter that a service does not know is a filter that it may leave out: what came is looked at again. */
function isMeant({ actor }: Turn, kind: BulkKind, { facts }: Reading, item: DecisionInfo): boolean {
  if (item.decision !== 'NotReviewed' || item.principal.id === actor.objectId) return false;
  if (kind === 'remove') return item.recommendation === 'Deny';
  return !facts.recommendations || item.recommendation === 'Approve';
}

/** How many bulks were done before: after an undo the same people are a new question. */
async function donesOf({ services, actor }: Turn, { place }: Reading): Promise<number> {
  const row = await services.store.db
    .selectFrom('claims')
    .select((column) => column.fn.countAll<number | string>().as('count'))
    .where('item', '=', bulkItem(place.instanceId, place.stageId ?? '', actor.objectId))
    .where('state', '=', 'done')
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export function bulkItem(instanceId: string, stageId: string, person: string): string {
  return `reviewBulk:${instanceId}:${stageId}:${person}`;
}

/** Somebody decides about many at this moment, and about this one with them. */
export async function isInBulk(turn: Turn, place: ReviewPlace, itemId: string): Promise<boolean> {
  const rows = await turn.services.store.db
    .selectFrom('claims')
    .select('args')
    .where('effect', '=', 'reviews.bulk')
    .where('item', 'like', bulkItem(place.instanceId, place.stageId ?? '', '%'))
    .where('state', '=', 'claimed')
    .execute();
  return rows.some(({ args }) => args.includes(JSON.stringify(itemId)));
}

function hashOf(kind: BulkKind, people: readonly DecisionInfo[], dones: number): string {
  const ids = people.map(({ id }) => id).sort();
  return createHash('sha256')
    .update(JSON.stringify([kind, dones, ids]))
    .digest('base64url')
    .slice(0, 16);
}
