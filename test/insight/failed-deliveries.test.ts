import assert from 'node:assert/strict';
import type { RequestInfo } from '../../src/graph/entitlement.js';
import { failedDeliveries } from '../../src/insight/failed-deliveries.js';
import { ago, now, request } from './some-use.js';

describe('deliveries that failed', () => {
  const failed = (...requests: readonly RequestInfo[]) => failedDeliveries(requests, now);
  const broken = { state: 'deliveryFailed' } as const;

  it('are told with the newest first, and whether Entra would run them again', () => {
    const found = failed(
      request('old', { ...broken, createdAt: ago(40), completedAt: ago(15) }),
      request('new', { state: 'partiallyDelivered', createdAt: ago(20), completedAt: ago(13) }),
    );
    assert.deepEqual(
      found.map(({ requestId, partly, again }) => [requestId, partly, again]),
      [
        ['new', true, true],
        ['old', false, false],
      ],
    );
  });

  it('are over when the same person was served since', () => {
    const first = request('1', { ...broken, targetId: 'ada', createdAt: ago(5) });
    assert.deepEqual(failed(first, request('2', { targetId: 'ada', createdAt: ago(4) })), []);
    assert.equal(failed(first, request('2', { targetId: 'ada', createdAt: ago(6) })).length, 1);
    assert.equal(failed(first, request('2', { targetId: 'ben', createdAt: ago(4) })).length, 1);
  });

  it('are not over because a later request was denied or taken back', () => {
    const first = request('1', { ...broken, targetId: 'ada', createdAt: ago(5) });
    for (const state of ['denied', 'canceled', 'pendingApproval']) {
      const later = request('2', { targetId: 'ada', createdAt: ago(4), state });
      assert.equal(failed(first, later).length, 1, state);
    }
  });

  it('include access that could not be taken away', () => {
    const [only] = failed(request('1', { ...broken, type: 'adminRemove' }));
    assert.equal(only?.removal, true);
  });
});
