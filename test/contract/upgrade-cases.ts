import assert from 'node:assert/strict';
import { type Kysely, Migrator } from 'kysely';
import { record } from '../../src/audit/record.js';
import { verifyRecord } from '../../src/audit/verify.js';
import { firstTables } from '../../src/store/migrations/0001-first-tables.js';
import { openStore, type StoreOptions } from '../../src/store/open-store.js';
import { openPostgres } from '../../src/store/postgres.js';
import type { Schema } from '../../src/store/schema.js';
import { openSqlite } from '../../src/store/sqlite.js';
import type { Engine } from '../support/databases.js';
import { handClock } from '../support/hand-clock.js';
import { conversationRow } from '../support/store-rows.js';
import { cardRow, claimRow, event, jobRow, reviewRow } from './rows.js';

/** A database that an earlier version made, under a bot that is newer. */
export function upgradeCases(engine: Engine): void {
  const { name } = engine;
  let place: StoreOptions;
  beforeEach(async () => {
    place = await engine.fresh();
    const earlier = openAt(place);
    try {
      const migrations = { '0001-first-tables': firstTables(name) };
      const { error } = await new Migrator({
        db: earlier,
        provider: { getMigrations: async () => migrations },
        ...(name === 'postgres' ? { migrationTableSchema: 'public' } : {}),
      }).migrateToLatest();
      assert.equal(error, undefined);
      await fill(earlier);
    } finally {
      await earlier.destroy();
    }
  });

  it('keeps everything that is in it', async () => {
    const store = await openStore(place);
    try {
      const { db } = store;
      assert.deepEqual((await db.selectFrom('claims').selectAll().execute()).map(plain), [claimRow('claim')]);
      assert.deepEqual((await db.selectFrom('cards').selectAll().execute()).map(plain), [cardRow('card')]);
      assert.deepEqual((await db.selectFrom('conversations').selectAll().execute()).map(plain), [
        conversationRow(),
      ]);
      assert.deepEqual((await db.selectFrom('jobs').selectAll().execute()).map(plain), [
        { id: 1, ...jobRow() },
      ]);
      const verdict = await verifyRecord(store);
      assert.equal(verdict.kind === 'intact' && verdict.lines, 2);
      await store.write((tx) => record(tx, handClock(), event()));
      assert.equal((await verifyRecord(store)).kind, 'intact', 'and the record goes on');
    } finally {
      await store.close();
    }
  });

  it('has the tables for reviews afterwards, also when several instances start on it', async () => {
    const beside = name === 'postgres' ? [1, 2, 3] : [1];
    const stores = await Promise.all(beside.map(() => openStore(place)));
    try {
      const [store = assert.fail('No store')] = stores;
      await store.db.insertInto('reviews').values(reviewRow('instance')).execute();
      assert.deepEqual((await store.db.selectFrom('reviews').selectAll().execute()).map(plain), [
        reviewRow('instance'),
      ]);
      for (const table of ['review_series', 'packets'] as const) {
        assert.deepEqual(await store.db.selectFrom(table).selectAll().execute(), []);
      }
    } finally {
      await Promise.all(stores.map((store) => store.close()));
    }
  });

  it('is changed once, and left alone at the next start', async () => {
    const first = await openStore(place);
    await first.db.insertInto('reviews').values(reviewRow('instance')).execute();
    await first.close();
    const second = await openStore(place);
    const kept = await second.db.selectFrom('reviews').select('instance_id').execute();
    await second.close();
    assert.deepEqual(kept.map(plain), [{ instance_id: 'instance' }]);
  });
}

function openAt({ dataDir, databaseUrl }: StoreOptions): Kysely<Schema> {
  return databaseUrl === undefined ? openSqlite(dataDir) : openPostgres(databaseUrl, () => undefined);
}

async function fill(db: Kysely<Schema>): Promise<void> {
  await db.insertInto('claims').values(claimRow('claim')).execute();
  await db.insertInto('cards').values(cardRow('card')).execute();
  await db.insertInto('conversations').values(conversationRow()).execute();
  await db.insertInto('jobs').values(jobRow()).execute();
  await db.transaction().execute(async (tx) => {
    await record(tx, handClock(), event());
    await record(tx, handClock(), event('request:2'));
  });
}

/** Rows of SQLite have no prototype. */
function plain<T extends object>(row: T): T {
  return { ...row };
}
