import type { CardRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';

/** Of everybody, the final ones too. */
export function cardsOf(services: HouseServices, requestId: string): Promise<readonly CardRow[]> {
  return services.store.db
    .selectFrom('cards')
    .selectAll()
    .where('item', '=', itemOf(requestId))
    .orderBy('created_at')
    .execute();
}

export function itemOf(requestId: string): string {
  return `assignmentRequest:${requestId}`;
}
