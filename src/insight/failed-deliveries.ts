import { day } from '../base/clock.js';
import type { RequestInfo } from '../graph/entitlement.js';

export interface Failed {
  readonly requestId: string;
  readonly person: string;
  /** Something was delivered, but not all. */
  readonly partly: boolean;
  /** Access that should be gone and may still be there. */
  readonly removal: boolean;
  readonly at: string;
  /** Entra runs a delivery again for two weeks. */
  readonly again: boolean;
}

const againFor = 14 * day;

/** Deliveries that went wrong, the newest first. Of each person the last word counts: whoever asked again is served. */
export function failedDeliveries(requests: readonly RequestInfo[], now: Date): readonly Failed[] {
  const latest = new Map<string, RequestInfo>();
  for (const request of [...requests].sort((a, b) => timeOf(a) - timeOf(b))) {
    if (wasMeantToChange(request)) latest.set(request.targetId || request.id, request);
  }
  return [...latest.values()]
    .filter(({ state }) => isFailed(state))
    .sort((a, b) => timeOf(b) - timeOf(a))
    .map((request) => {
      const at = request.completedAt ?? request.createdAt;
      return {
        requestId: request.id,
        person: request.targetName || request.requestorName || request.targetId,
        partly: request.state === 'partiallyDelivered',
        removal: /remove$/i.test(request.type),
        at,
        again: !(now.getTime() - Date.parse(at) > againFor),
      };
    });
}

/** What was denied or taken back left everything as it was. */
function wasMeantToChange({ state }: RequestInfo): boolean {
  return ['delivered', 'delivering'].includes(state) || isFailed(state);
}

function isFailed(state: string): boolean {
  return state === 'deliveryFailed' || state === 'partiallyDelivered';
}

function timeOf({ createdAt, completedAt }: RequestInfo): number {
  return Date.parse(createdAt) || Date.parse(completedAt ?? '') || 0;
}
