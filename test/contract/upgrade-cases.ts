import assert from 'node:assert/strict';
import { type Kysely, type Migration, Migrator } from 'kysely';
import { record } from '../../src/audit/record.js';
import { verifyRecord } from '../../src/audit/verify.js';
import { firstTables } from '../../src/store/migrations/0001-first-tables.js';
import { reviewTables } from '../../src/store/migrations/0002-review-tables.js';
import { openStore, type StoreOptions } from '../../src/store/open-store.js';
import { openPostgres } from '../../src/store/postgres.js';
import type { Schema } from '../../src/store/schema.js';
import { openSqlite } from '../../src/store/sqlite.js';
import type { Engine } from '../support/databases.js';
import { handClock } from '../support/hand-clock.js';
import { conversationRow } from '../support/store-rows.js';
import { activationRow, cardRow, claimRow, event, jobRow, reviewRow } from './rows.js';

/** A database that an earlier version made, under a bot that is newer. */
export function upgradeCases(engine: Engine): void {
  const first = { '0001-first-tables': firstTables(engine.name) };
  describe('without reviews', () => casesFrom(engine, first));
  describe('without roles', () => casesFrom(engine, { ...first, '0002-review-tables': reviewTables }, true));
}

function casesFrom(engine: Engine, earlier: Record<string, Migration>, hasReviews = false): void {
  const { name } = engine;
  let place: StoreOptions;
  beforeEach(async () => {
    place = await engine.fresh();
    const db = openAt(place);
    try {
      const { error } = await new Migrator({
        db,
        provider: { getMigrations: async () => earlier },
        ...(name === 'postgres' ? { migrationTableSchema: 'public' } : {}),
      }).migrateToLatest();
      assert.equal(error, undefined);
      await fill(db);
      if (hasReviews) await db.insertInto('reviews').values(reviewRow('before')).execute();
    } finally {
      await db.destroy();
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

  it('has all tables afterwards, also when several instances start on it', async () => {
    const beside = name === 'postgres' ? [1, 2, 3] : [1];
    const stores = await Promise.all(beside.map(() => openStore(place)));
    try {
      const [{ db } = assert.fail('No store')] = stores;
      await db.insertInto('reviews').values(reviewRow('instance')).execute();
      await db.insertInto('activations').values(activationRow('request')).execute();
      const reviews = await db.selectFrom('reviews').selectAll().orderBy('instance_id', 'desc').execute();
      const known = hasReviews ? [reviewRow('before')] : [];
      assert.deepEqual(reviews.map(plain), [reviewRow('instance'), ...known]);
      const activations = await db.selectFrom('activations').selectAll().execute();
      assert.deepEqual(activations.map(plain), [activationRow('request')]);
      for (const table of ['review_series', 'packets', 'favourites', 'marks'] as const) {
        assert.deepEqual(await db.selectFrom(table).selectAll().execute(), []);
      }
    } finally {
      await Promise.all(stores.map((store) => store.close()));
    }
  });

  it('is changed once, and left alone at the next start', async () => {
    const first = await openStore(place);
    await first.db.insertInto('activations').values(activationRow('request')).execute();
    await first.close();
    const second = await openStore(place);
    const known = await second.db.selectFrom('activations').select('id').execute();
    await second.close();
    assert.deepEqual(known.map(plain), [{ id: 'request' }]);
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
