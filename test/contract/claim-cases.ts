import assert from 'node:assert/strict';
import type { ClaimRow } from '../../src/store/schema.js';
import type { Store } from '../../src/store/store.js';
import type { Engine } from '../support/databases.js';
import { claimRow } from '../support/store-rows.js';
import { suiteStore } from '../support/suite-store.js';

export function claimCases(engine: Engine): void {
  const suite = suiteStore(engine);
  let item = 0;
  beforeEach(() => {
    item += 1;
  });
  const claim = (given: Partial<ClaimRow> = {}) =>
    take(suite.store, claimRow({ item: `request:${item}`, ...given }));
  const settle = (state: 'done' | 'void') =>
    suite.store.write((tx) =>
      tx.updateTable('claims').set({ state }).where('item', '=', `request:${item}`).execute(),
    );

  it('gives the same step to one of two who want it at once', async () => {
    const taken = await Promise.all([claim(), claim(), claim()]);
    assert.deepEqual(taken.sort(), [false, false, true]);
  });

  it('never gives a step again that was done', async () => {
    await claim();
    await settle('done');
    assert.equal(await claim(), false);
  });

  it('gives a step again that was given back', async () => {
    await claim();
    await settle('void');
    assert.equal(await claim(), true);
  });

  it('refuses another step of the same item while one is under way', async () => {
    await claim({ stage: 'stage-1' });
    assert.equal(await claim({ stage: 'stage-2' }), false);
  });

  it('gives the next step of the same item when the one before is done', async () => {
    await claim({ stage: 'stage-1' });
    await settle('done');
    assert.equal(await claim({ stage: 'stage-2' }), true);
  });

  it('keeps different actions on the same item apart', async () => {
    await claim({ action: 'decide' });
    assert.equal(await claim({ action: 'cancel' }), true);
  });
}

async function take(store: Store, row: ClaimRow): Promise<boolean> {
  const inserted = await store.write((tx) =>
    tx
      .insertInto('claims')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst(),
  );
  return inserted !== undefined;
}
