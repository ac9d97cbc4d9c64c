import assert from 'node:assert/strict';
import type { Engine } from '../support/databases.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { cardRow, jobRow } from './rows.js';

export function startCases(engine: Engine): void {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await testDatabase(engine);
  });
  afterEach(() => database.close());

  it('a first start that is cut short leaves nothing half made', async () => {
    // The record is the last table, so the others are there when this one cannot be made.
    await database.tamper(['create table audit (seq integer)']);
    await assert.rejects(database.open(), /audit/);
    await database.tamper(['drop table audit']);
    const store = await database.open();
    assert.deepEqual(await store.db.selectFrom('cards').selectAll().execute(), []);
  });

  it('what a write began and left running may write once it has ended', async () => {
    const store = await database.open();
    let later: Promise<void> = Promise.resolve();
    let commit: () => void = () => undefined;
    const committed = new Promise<void>((resolve) => {
      commit = resolve;
    });
    await store.write(async () => {
      later = committed.then(() => store.write(async () => undefined));
    });
    commit();
    await later;
  });

  it('an id is never given again', async () => {
    const store = await database.open();
    await store.db.insertInto('jobs').values(jobRow()).execute();
    await store.db.deleteFrom('jobs').execute();
    await store.db.insertInto('jobs').values(jobRow()).execute();
    assert.equal((await store.db.selectFrom('jobs').select('id').executeTakeFirst())?.id, 2);
  });

  it('a purpose has one open card, and any number of final ones', async () => {
    const store = await database.open();
    const insert = (ref: string, state: 'open' | 'final') =>
      store.db
        .insertInto('cards')
        .values(cardRow(ref, { purpose: 'x', state }))
        .execute();
    await insert('a', 'final');
    await insert('b', 'final');
    await insert('c', 'open');
    await assert.rejects(insert('d', 'open'), /unique/i);
  });
}
