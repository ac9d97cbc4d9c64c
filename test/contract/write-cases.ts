import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import type { Engine } from '../support/databases.js';
import { claimRow, conversationRow } from '../support/store-rows.js';
import { suiteStore } from '../support/suite-store.js';

export function writeCases(engine: Engine): void {
  const suite = suiteStore(engine);

  it('opens a database that was opened before, and keeps what is in it', async () => {
    await put(suite.store, 'kept');
    const again = await openStore(suite.place);
    assert.equal(await has(again, 'kept'), true);
    await again.close();
  });

  it('undoes everything when the change throws', async () => {
    const change = suite.store.write(async (tx) => {
      await tx
        .insertInto('conversations')
        .values(conversationRow({ person: 'undone' }))
        .execute();
      throw new Error('no');
    });
    await assert.rejects(change, { message: 'no' });
    assert.equal(await has(suite.store, 'undone'), false);
  });

  it('takes writes that come at the same time, none of which loses the other', async () => {
    await put(suite.store, 'counter');
    const add = () =>
      suite.store.write((tx) =>
        tx
          .updateTable('conversations')
          .set((row) => ({ seen_at: row('seen_at', '+', 1) }))
          .where('person', '=', 'counter')
          .execute(),
      );
    const { seen_at: start } = conversationRow();
    await Promise.all(Array.from({ length: 20 }, add));
    const row = await suite.store.db
      .selectFrom('conversations')
      .select('seen_at')
      .where('person', '=', 'counter')
      .executeTakeFirstOrThrow();
    assert.equal(row.seen_at, start + 20);
  });

  it('says so when a write is begun inside a write, instead of waiting for ever', async () => {
    const nested = suite.store.write(async () => suite.store.write(async () => 1));
    await assert.rejects(nested, /write\(\) inside write\(\)/);
  });

  it('says so when something is read past the transaction, inside it', async () => {
    const nested = suite.store.write(async () => has(suite.store, 'counter'));
    await assert.rejects(nested, /inside write\(\): hand the transaction on/);
  });

  it('lets a write begin later what it only pointed at', async () => {
    let later: () => Promise<void> = async () => undefined;
    await suite.store.write(async () => {
      const inside = Promise.resolve();
      later = () => inside.then(() => put(suite.store, 'later'));
    });
    await later();
    assert.equal(await has(suite.store, 'later'), true);
  });

  it('goes on after a statement that failed', async () => {
    await assert.rejects(suite.store.write((tx) => sql`select nothing from nowhere`.execute(tx)));
    await put(suite.store, 'after');
    assert.equal(await has(suite.store, 'after'), true);
  });

  it('gives big numbers back as numbers', async () => {
    const until = Number.MAX_SAFE_INTEGER;
    await suite.store.write((tx) =>
      tx
        .insertInto('claims')
        .values(claimRow({ lease_until: until }))
        .execute(),
    );
    const row = await suite.store.db
      .selectFrom('claims')
      .select((column) => ['lease_until', 'settled_at', column.fn.countAll<number>().over().as('count')])
      .executeTakeFirstOrThrow();
    assert.deepEqual({ ...row }, { lease_until: until, settled_at: null, count: 1 });
  });
}

async function put(store: Store, person: string): Promise<void> {
  await store.write((tx) => tx.insertInto('conversations').values(conversationRow({ person })).execute());
}

async function has(store: Store, person: string): Promise<boolean> {
  const row = await store.db
    .selectFrom('conversations')
    .select('person')
    .where('person', '=', person)
    .executeTakeFirst();
  return row !== undefined;
}
