import { changeCard } from '../../../jobs/cards.js';
import type { PacketRow, ReviewRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { closedCard } from '../cards/over-card.js';
import type { OverView } from '../cards/views.js';

/** What one reader decided, where somebody counted it. */
export type Tally = Pick<OverView, 'kept' | 'removed' | 'unsure'>;

export interface End {
  readonly why: 'ended' | 'stopped' | 'stage' | 'removed';
  /** By person. */
  readonly tallies?: ReadonlyMap<string, Tally>;
}

const atATime = 50;

/** The last picture of these cards. In slices, so that a review of thousands does not hold up everybody's clicks. */
export async function endPackets(
  services: HouseServices,
  review: ReviewRow,
  packets: readonly PacketRow[],
  { why, tallies }: End,
): Promise<void> {
  for (let start = 0; start < packets.length; start += atATime) {
    await services.store.write(async (tx) => {
      for (const packet of packets.slice(start, start + atATime)) {
        const { template, view } = closedCard(services, review, why);
        const counted = { ...view, ...tallies?.get(packet.person), left: packet.left_over };
        await changeCard(tx, services.clock, packet.ref, { template, view: counted }, { final: true });
      }
    });
    services.wake();
  }
}
