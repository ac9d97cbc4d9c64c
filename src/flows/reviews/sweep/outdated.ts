import { z } from 'zod/v4';
import type { DecisionInfo } from '../../../graph/access-review.js';
import type { PacketRow, ReviewRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { decisionItem } from '../facts.js';
import { placeOf } from '../packets.js';
import { shownOf, standingOf } from '../shown.js';

export interface Look {
  readonly review: ReviewRow;
  readonly packet: Pick<PacketRow, 'ref' | 'person' | 'shown'>;
}

/** References of the packets that show somebody who stands otherwise by now. */
export async function outdated(
  services: HouseServices,
  looks: readonly Look[],
  now: ReadonlyMap<string, DecisionInfo>,
): Promise<ReadonlySet<string>> {
  const moved = looks.flatMap(({ review, packet: { ref, person, shown } }) =>
    shownOf({ shown }).flatMap(([id, standing]) => {
      const item = now.get(id);
      if (item === undefined || standingOf(item) === standing) return [];
      return [{ ref, person, item, key: decisionItem(placeOf(review), id) }];
    }),
  );
  const words = await lastWords(services, [...new Set(moved.map(({ key }) => key))]);
  const news = moved.filter(
    ({ person, item, key }) =>
      item.reviewedBy?.id !== person || words.get(`${key} ${person}`) !== item.decision,
  );
  return new Set(news.map(({ ref }) => ref));
}

const decided = z.object({ args: z.object({ answer: z.string() }) }).transform(({ args }) => args.answer);
const changed = z.object({ to: z.string() }).transform(({ to }) => to);
const word = z.union([decided, changed]);

/**
 * By item and person, what they said last with a button of ours: they have the answer to that before them, even if
 * Entra's list did not know yet, and perhaps type the next reason.
 */
async function lastWords(
  { store }: HouseServices,
  items: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (items.length === 0) return new Map();
  const lines = await store.db
    .selectFrom('audit')
    .select(['item', 'actor', 'data'])
    .where('item', 'in', items)
    .where('kind', 'in', ['action.decided', 'item.changed'])
    .orderBy('seq')
    .execute();
  return new Map(
    lines.map(({ item, actor, data }) => [`${item} ${actor}`, word.catch('').parse(JSON.parse(data))]),
  );
}
