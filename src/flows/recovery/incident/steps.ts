import { minute } from '../../../base/clock.js';
import type { ClaimKey } from '../../effect.js';
import type { HouseServices } from '../../turn.js';
import { itemOf } from '../cases.js';

export const dropName = 'recovery.drop-passes';
export const handledName = 'recovery.handled';

/** A click that is delivered twice is one; what comes later is about other passes. */
const sameWithin = 10 * minute;

export function dropKey(caseId: string, at: number, passes: readonly string[]): ClaimKey {
  const stage = ['incident', Math.floor(at / sameWithin), ...[...passes].sort()].join(':');
  return { item: itemOf(caseId), stage, action: 'drop-passes' };
}

/** For each change that was denied: what comes later is not handled by what was done before. */
export function handledKey(caseId: string, denied: number): ClaimKey {
  return { item: itemOf(caseId), stage: `incident:${denied}`, action: 'handled' };
}

/** Empty: nobody has yet. */
export async function passesDeletedAt({ store }: HouseServices, caseId: string): Promise<string> {
  const claim = await store.db
    .selectFrom('claims')
    .select('settled_at')
    .where('item', '=', itemOf(caseId))
    .where('effect', '=', dropName)
    .where('state', '=', 'done')
    .orderBy('settled_at', 'desc')
    .executeTakeFirst();
  return claim?.settled_at == null ? '' : new Date(claim.settled_at).toISOString();
}
