import assert from 'node:assert/strict';
import { z } from 'zod/v4';
import { systemIds } from '../../src/base/ids.js';
import { claimById } from '../../src/flows/claims.js';
import { type DeclaredEffect, effect } from '../../src/flows/effect.js';
import { heal } from '../../src/flows/reconcile.js';
import type { HouseServices, Turn } from '../../src/flows/turn.js';
import { graphError } from '../../src/graph/errors.js';
import { openCard } from '../../src/jobs/cards.js';
import type { ClaimRow } from '../../src/store/schema.js';
import { handClock } from '../support/hand-clock.js';
import { silentLog } from '../support/silent-log.js';
import { claimRow } from '../support/store-rows.js';
import { openTempStore, type TempStore } from '../support/temp-store.js';

const view = (state: string) => ({ template: 'reviews/recorded', view: { state } });

describe('healing a claim that left no trace', () => {
  let temp: TempStore;
  let services: HouseServices;

  beforeEach(async () => {
    temp = await openTempStore();
    const unused = (): never => {
      throw new TypeError('This effect does not ask Graph');
    };
    services = {
      store: temp.store,
      clock: handClock(),
      ids: systemIds,
      log: silentLog,
      policy: {} as HouseServices['policy'],
      graph: { as: unused, reader: () => ({}) as Turn['graph'] },
      tenantId: 'tenant',
      owner: 'process-1',
      sleep: async () => undefined,
      contexts: () => [],
      wake: () => undefined,
    };
  });
  afterEach(() => temp.close());

  const claimed = async (): Promise<ClaimRow> => {
    const { ref } = await services.store.write((tx) =>
      openCard(tx, services, {
        ...{ flow: 'packages', kind: 'packages.ask', item: 'accessPackage:1', person: 'engineer' },
        ...{ purpose: 'packages.ask:1:engineer', expiresAt: services.clock.now() },
      }),
    );
    const claim = claimRow({ card_ref: ref, args: '{}', state: 'claimed' });
    await services.store.write((tx) => tx.insertInto('claims').values(claim).execute());
    return claim;
  };
  const failing = (error: Error): DeclaredEffect<object & Record<string, never>> =>
    effect({
      name: 'packages.ask',
      args: z.record(z.string(), z.never()),
      receipt: z.string(),
      key: () => ({ item: '1', stage: 'one', action: 'ask' }),
      act: async () => undefined,
      recorded: async () => undefined,
      healed: async () => undefined,
      settled: async () => undefined,
      working: () => view('working'),
      done: () => view('done'),
      notDone: () => Promise.reject(error),
    });
  const delivered = async (): Promise<string> => {
    const jobs = await services.store.db
      .selectFrom('jobs')
      .selectAll()
      .where('kind', '=', 'card.deliver')
      .execute();
    return jobs.map(({ payload }) => payload).join();
  };

  it('gives it back with a plain card where the card for it cannot be made any more', async () => {
    const claim = await claimed();
    assert.equal(await heal(services, failing(graphError('graph.not-found')), claim), true);
    assert.equal((await claimById(services, claim.id))?.state, 'void');
    assert.match(await delivered(), /shared\/notice.*nothing was changed/);
  });

  it('waits for a card that can be made a little later', async () => {
    const claim = await claimed();
    await assert.rejects(heal(services, failing(graphError('graph.unavailable')), claim));
    assert.equal((await claimById(services, claim.id))?.state, 'claimed');
  });
});
