import type { Asked } from '../../graph/pim/activating.js';
import type { Outcome } from '../flow.js';
import type { Turn } from '../turn.js';
import { openStatus } from './cards/open-status.js';
import { statusCard } from './cards/status-card.js';
import { takeIn } from './follow/take-in.js';

/** A request that Entra shows its asker, on the one card that follows it from now on, wherever it was made. */
export async function showOpen(turn: Turn, asked: Asked): Promise<Outcome> {
  const { services } = turn;
  const row = await takeIn(services, asked);
  const card = await services.store.write((tx) => openStatus(tx, services, row));
  return { kind: 'card', card: statusCard(services, row, { ref: card.ref }), ref: card.ref };
}
