import type { Clock } from '../../../base/clock.js';
import { enqueue } from '../../../jobs/enqueue.js';
import type { Tx } from '../../../store/store.js';

/** The cards of a request are made anew, and what Entra does next is waited for. */
export function followSoon(tx: Tx, clock: Clock, requestId: string): Promise<void> {
  return enqueue(tx, clock, {
    kind: 'packages.follow',
    key: `packages.follow:${requestId}`,
    payload: { request: requestId, look: 0 },
  });
}

/** The same at a moment when something happens by itself, such as an escalation; one for each such moment. */
export function followAt(tx: Tx, clock: Clock, requestId: string, at: number): Promise<void> {
  return enqueue(tx, clock, {
    kind: 'packages.follow',
    key: `packages.follow:${requestId}:${at}`,
    payload: { request: requestId, look: 0 },
    runAt: new Date(at),
  });
}
