import assert from 'node:assert/strict';
import type { Clock } from '../../src/base/clock.js';
import { systemIds } from '../../src/base/ids.js';
import type { HouseServices } from '../../src/flows/turn.js';
import type { GraphReader } from '../../src/graph/graph.js';
import type { Store } from '../../src/store/store.js';
import { wakefulPolicy } from '../support/quiet-house.js';
import { silentLog } from '../support/silent-log.js';

/** What the flows need around their tables, on one instance's store. Nobody clicks anything here. */
export function servicesOn(store: Store, clock: Clock, reader?: GraphReader): HouseServices {
  return {
    ...{ store, clock, ids: systemIds, log: silentLog, policy: wakefulPolicy() },
    graph: {
      as: () => assert.fail('Nobody has clicked anything'),
      reader: () => reader ?? assert.fail('Nothing is asked of Graph here'),
    },
    tenantId: 'contoso',
    owner: 'instance-1',
    sleep: async () => undefined,
    contexts: () => [],
    wake: () => undefined,
  };
}
