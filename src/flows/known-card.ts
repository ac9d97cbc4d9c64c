import { cardByRef } from '../jobs/cards.js';
import type { CardRow } from '../store/schema.js';
import { flowError } from './errors.js';
import type { Turn } from './turn.js';

/** The row behind a reference, for the person it was made for and the buttons it has; for anybody else there is none. */
export async function knownCard(turn: Turn, ref: string, kinds: readonly string[]): Promise<CardRow> {
  const row = await cardByRef(turn.services.store.db, ref);
  if (row === undefined || !kinds.includes(row.kind)) throw flowError('flows.unknown-card');
  if (row.person !== turn.actor.objectId) throw flowError('flows.not-your-card');
  return row;
}

export interface CardFacts {
  readonly ref: string;
  readonly expired: boolean;
}

export function cardFacts(turn: Turn, row: CardRow): CardFacts {
  return { ref: row.ref, expired: row.expires_at <= turn.services.clock.now().getTime() };
}
