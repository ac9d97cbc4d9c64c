import assert from 'node:assert/strict';
import { type Kysely, type Migration, Migrator } from 'kysely';
import { record } from '../../src/audit/record.js';
import { verifyRecord } from '../../src/audit/verify.js';
import { firstTables } from '../../src/store/migrations/0001-first-tables.js';
import { reviewTables } from '../../src/store/migrations/0002-review-tables.js';
import { activationTables } from '../../src/store/migrations/0003-activation-tables.js';
import { packageRequestTable } from '../../src/store/migrations/0004-package-request-table.js';
import { openStore, type StoreOptions } from '../../src/store/open-store.js';
import { openPostgres } from '../../src/store/postgres.js';
import type { Schema } from '../../src/store/schema.js';
import { openSqlite } from '../../src/store/sqlite.js';
import type { Engine } from '../support/databases.js';
import { handClock } from '../support/hand-clock.js';
import { conversationRow } from '../support/store-rows.js';
import {
  activationRow,
  cardRow,
  claimRow,
  event,
  jobRow,
  packageRequestRow,
  recoveryCaseRow,
  reviewRow,
} from './rows.js';

/** A database that an earlier version made, under a bot that is newer. */
export function upgradeCases(engine: Engine): void {
  const first = { '0001-first-tables': firstTables(engine.name) };
  const second = { ...first, '0002-review-tables': reviewTables };
  const third = { ...second, '0003-activation-tables': activationTables };
  const fourth = { ...third, '0004-package-request-table': packageRequestTable };
  describe('without reviews', () => casesFrom(engine, first));
  describe('without roles', () => casesFrom(engine, second, ['reviews']));
  describe('without stages of packages', () => casesFrom(engine, third, ['reviews', 'activations']));
  describe('without recovery', () =>
    casesFrom(engine, fourth, ['reviews', 'activations', 'package_requests']));
}

type Later = 'reviews' | 'activations' | 'package_requests';

function casesFrom(engine: Engine, earlier: Record<string, Migration>, has: readonly Later[] = []): void {
  const { name } = engine;
  const reviewsBefore = has.includes('reviews') ? [reviewRow('before')] : [];
  const activationsBefore = has.includes('activations') ? [activationRow('before')] : [];
  const requestsBefore = has.includes('package_requests') ? [packageRequestRow('before')] : [];
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
      for (const row of reviewsBefore) await db.insertInto('reviews').values(row).execute();
      for (const row of activationsBefore) await db.insertInto('activations').values(row).execute();
      for (const row of requestsBefore) await db.insertInto('package_requests').values(row).execute();
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
      assert.deepEqual(reviews.map(plain), [reviewRow('instance'), ...reviewsBefore]);
      const activations = await db.selectFrom('activations').selectAll().orderBy('id', 'desc').execute();
      assert.deepEqual(activations.map(plain), [activationRow('request'), ...activationsBefore]);
      await db.insertInto('package_requests').values(packageRequestRow('request')).execute();
      const requests = await db.selectFrom('package_requests').selectAll().orderBy('id', 'desc').execute();
      assert.deepEqual(requests.map(plain), [packageRequestRow('request'), ...requestsBefore]);
      await db.insertInto('recovery_cases').values(recoveryCaseRow('case')).execute();
      const cases = await db.selectFrom('recovery_cases').selectAll().execute();
      assert.deepEqual(cases.map(plain), [recoveryCaseRow('case')]);
      for (const table of ['review_series', 'packets', 'favourites', 'marks'] as const) {
        assert.deepEqual(await db.selectFrom(table).selectAll().execute(), []);
      }
    } finally {
      await Promise.all(stores.map((store) => store.close()));
    }
  });

  it('is changed once, and left alone at the next start', async () => {
    const first = await openStore(place);
    await first.db.insertInto('recovery_cases').values(recoveryCaseRow('case')).execute();
    await first.close();
    const second = await openStore(place);
    const known = await second.db.selectFrom('recovery_cases').select('id').execute();
    await second.close();
    assert.deepEqual(known.map(plain), [{ id: 'case' }]);
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
