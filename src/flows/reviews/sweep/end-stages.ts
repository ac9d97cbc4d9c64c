import type { HouseServices } from '../../turn.js';
import { reviewById } from '../packets.js';
import { endPackets } from './end-packets.js';
import { openPackets } from './open-packets.js';

/** The cards of these stages, and of no other one: the next may have begun a moment ago. */
export async function endStages(
  services: HouseServices,
  instanceId: string,
  stageIds: readonly string[],
): Promise<void> {
  const review = await reviewById(services, instanceId);
  if (review === undefined) return;
  const open = await openPackets(services, instanceId);
  const over = open.filter(({ stage_id }) => stageIds.includes(stage_id));
  await endPackets(services, review, over, { why: 'stage' });
}
