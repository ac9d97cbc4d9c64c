import { type DecisionInfo, decisionsByIds } from '../../../graph/access-review.js';
import type { ReviewRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { placeOf } from '../packets.js';
import { shownIds, shownNow } from '../shown.js';
import type { Follow } from './follow-job.js';
import type { OpenPacket } from './open-packets.js';
import { outdated } from './outdated.js';

/** By reference, with what they show from now on: packets whose reader looks at somebody who was decided meanwhile. */
export async function changedPackets(
  services: HouseServices,
  review: ReviewRow,
  packets: readonly OpenPacket[],
  { item, person: only, except }: Follow,
): Promise<ReadonlyMap<string, string>> {
  const others = packets.filter(({ person }) => person !== except);
  if (item !== undefined) {
    const looking = others.filter((packet) => shownIds(packet).includes(item));
    return shownBy(looking, await standings(services, review, looking.length === 0 ? [] : [item]));
  }
  if (only !== undefined) return new Map();
  const looking = others.filter(isBusy);
  const now = await standings(services, review, looking.flatMap(shownIds));
  const news = await outdated(
    services,
    looking.map((packet) => ({ review, packet })),
    now,
  );
  return shownBy(
    looking.filter(({ ref }) => news.has(ref)),
    now,
  );
}

/** A message that is sent anew takes the half written reason with it. Who has finished only keeps an undo in reach. */
export function isBusy({ mode, shown, left_over }: OpenPacket): boolean {
  return mode !== 'home' || (shown !== '[]' && left_over !== 0);
}

function shownBy(
  packets: readonly OpenPacket[],
  now: ReadonlyMap<string, DecisionInfo>,
): ReadonlyMap<string, string> {
  return new Map(packets.map((packet) => [packet.ref, shownNow(packet, now)]));
}

async function standings(
  services: HouseServices,
  review: ReviewRow,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DecisionInfo>> {
  if (ids.length === 0) return new Map();
  const reader = services.graph.reader(services.ids.guid());
  const items = await decisionsByIds(reader, placeOf(review), [...new Set(ids)]);
  return new Map(items.map((item) => [item.id, item]));
}
