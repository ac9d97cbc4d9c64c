import { decisionsAt } from '../../../graph/access-review.js';
import type { GraphReader } from '../../../graph/graph.js';
import { enqueue } from '../../../jobs/enqueue.js';
import type { HouseServices } from '../../turn.js';
import { placeOf } from '../packets.js';
import { isDecided, shownOf } from '../shown.js';
import { followJob } from './follow-job.js';
import { type Look, outdated } from './outdated.js';

const itemsAtMost = 200;

export interface Checked {
  /** Where the next check goes on; empty: from the start. */
  readonly after: string;
  readonly changed: number;
}

/**
 * An answer that is changed to another one moves no count, so what cards show as decided is read again, so many of them
 * in one sweep. What they show as undecided is news only when the count moves.
 */
export async function checkShown(
  services: HouseServices,
  reader: GraphReader,
  after: string,
): Promise<Checked> {
  const all = await showing(services, after);
  const looks = upTo(itemsAtMost, all);
  const places = looks.flatMap(({ review, packet }) =>
    decidedIn(packet).map((id) => [id, placeOf(review)] as const),
  );
  const next =
    looks.length < all.length || all.length === itemsAtMost ? (looks.at(-1)?.packet.ref ?? '') : '';
  if (places.length === 0) return { after: next, changed: 0 };
  const items = await decisionsAt(reader, new Map(places));
  const news = await outdated(services, looks, new Map(items.map((item) => [item.id, item])));
  const moved = looks.filter(({ packet }) => news.has(packet.ref)).map(({ review }) => review.instance_id);
  for (const instance of new Set(moved)) {
    await services.store.write((tx) => enqueue(tx, services.clock, followJob({ instance, elsewhere: true })));
  }
  return { after: next, changed: new Set(moved).size };
}

/** Cards of running reviews that were sent and show somebody, in one order. */
async function showing({ store }: HouseServices, after: string): Promise<readonly Look[]> {
  const rows = await store.db
    .selectFrom('packets')
    .innerJoin('cards', 'cards.ref', 'packets.ref')
    .innerJoin('reviews', (join) =>
      join
        .onRef('reviews.instance_id', '=', 'packets.instance_id')
        .onRef('reviews.stage_id', '=', 'packets.stage_id'),
    )
    .selectAll('reviews')
    .select(['packets.ref as ref', 'packets.person as person', 'packets.shown as shown'])
    .where('cards.state', '=', 'open')
    .where('cards.version', '>', 0)
    .where('reviews.state', '=', 'running')
    .where('packets.shown', '<>', '[]')
    .where('packets.ref', '>', after)
    .where((row) => row.or([row('packets.mode', '<>', 'home'), row('packets.left_over', '<>', 0)]))
    .orderBy('packets.ref')
    .limit(itemsAtMost)
    .execute();
  return rows.map(({ ref, person, shown, ...review }): Look => ({ review, packet: { ref, person, shown } }));
}

function decidedIn(packet: Look['packet']): readonly string[] {
  return shownOf(packet).flatMap(([id, standing]) => (isDecided(standing) ? [id] : []));
}

function upTo(most: number, looks: readonly Look[]): readonly Look[] {
  let items = 0;
  return looks.filter(({ packet }) => {
    items += decidedIn(packet).length;
    return items <= most;
  });
}
