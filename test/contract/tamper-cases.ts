import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { record } from '../../src/audit/record.js';
import { verifyRecord } from '../../src/audit/verify.js';
import { canonicalJson } from '../../src/base/json.js';
import type { Store } from '../../src/store/store.js';
import type { Engine } from '../support/databases.js';
import { handClock } from '../support/hand-clock.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { event } from './rows.js';

export function tamperCases(engine: Engine): void {
  const clock = handClock();
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await testDatabase(engine);
    store = await database.open();
  });
  afterEach(() => database.close());

  const append = async (count: number): Promise<void> => {
    for (let index = 1; index <= count; index += 1) {
      await store.write((tx) => record(tx, clock, event(`request:${index}`)));
    }
  };
  /** With the triggers out of the way, as only somebody with all rights on the database could. */
  const behindOurBack = (...statements: readonly string[]): Promise<void> =>
    database.tamper([
      ...(engine.name === 'postgres'
        ? ['alter table audit disable trigger all']
        : ['drop trigger audit_no_update', 'drop trigger audit_no_delete']),
      ...statements,
    ]);
  const line = (seq: number) =>
    store.db.selectFrom('audit').selectAll().where('seq', '=', seq).executeTakeFirstOrThrow();

  it('an empty record is intact', async () => {
    assert.deepEqual(await verifyRecord(store), {
      kind: 'intact',
      lines: 0,
      head: { seq: 0, hash: '0'.repeat(64) },
    });
  });

  it('lines follow each other from the first', async () => {
    await append(3);
    const { hash } = await line(3);
    assert.deepEqual(await verifyRecord(store), { kind: 'intact', lines: 3, head: { seq: 3, hash } });
    assert.equal((await line(2)).previous, (await line(1)).hash);
  });

  it('the hash is one that anybody can compute from the documented fields', async () => {
    await append(1);
    const { hash, ...rest } = await line(1);
    assert.equal(createHash('sha256').update(canonicalJson(rest)).digest('hex'), hash);
  });

  it('the program itself can neither change nor remove a line', async () => {
    await append(2);
    const change = store.db.updateTable('audit').set({ actor: 'somebody else' }).execute();
    await assert.rejects(change, /append-only/);
    await assert.rejects(store.db.deleteFrom('audit').execute(), /append-only/);
    if (engine.name === 'postgres') {
      await assert.rejects(database.tamper(['truncate audit']), /append-only/);
    }
  });

  it('cannot replace one either', async () => {
    await append(2);
    const first = await line(1);
    const replacing = store.db
      .insertInto('audit')
      .values({ ...first, actor: 'x' })
      .onConflict((conflict) => conflict.column('seq').doUpdateSet({ actor: 'x' }))
      .execute();
    await assert.rejects(replacing, /append-only/);
    if (engine.name === 'sqlite') {
      const replace =
        "replace into audit select seq, at, kind, 'x', item, reference, data, previous, hash from audit where seq = 1";
      await assert.rejects(database.tamper([replace]), /append-only/);
    }
    assert.equal((await verifyRecord(store)).kind, 'intact');
  });

  const columns = ['at', 'kind', 'actor', 'item', 'reference', 'data'] as const;
  for (const column of columns) {
    it(`finds the line whose ${column} was changed`, async () => {
      await append(5);
      await behindOurBack(`update audit set ${column} = ${column === 'at' ? '1' : "'{}'"} where seq = 3`);
      assert.deepEqual(await verifyRecord(store), { kind: 'broken', seq: 3, why: 'its content was changed' });
    });
  }

  it('finds the line after one that was changed and hashed anew', async () => {
    await append(5);
    const { hash: _, ...third } = { ...(await line(3)), actor: 'somebody else' };
    const forged = createHash('sha256').update(canonicalJson(third)).digest('hex');
    await behindOurBack(`update audit set actor = 'somebody else', hash = '${forged}' where seq = 3`);
    const verdict = await verifyRecord(store);
    assert.deepEqual(verdict, { kind: 'broken', seq: 4, why: 'it does not follow the line before it' });
  });

  it('finds a line that is missing, in the middle and at the beginning', async () => {
    await append(5);
    await behindOurBack('delete from audit where seq = 4');
    const verdict = await verifyRecord(store);
    assert.equal(verdict.kind === 'broken' && verdict.why, 'line 4 is missing');
    await database.tamper(['delete from audit where seq = 1']);
    const earlier = await verifyRecord(store);
    assert.equal(earlier.kind === 'broken' && earlier.why, 'line 1 is missing');
  });

  it('finds two lines that changed places', async () => {
    await append(5);
    await behindOurBack(
      'update audit set seq = 99 where seq = 2',
      'update audit set seq = 2 where seq = 3',
      'update audit set seq = 3 where seq = 99',
    );
    const verdict = await verifyRecord(store);
    assert.equal(verdict.kind === 'broken' && verdict.seq, 2);
  });

  it('an end that was cut off shows against a head that was noted earlier', async () => {
    await append(5);
    const noted = await line(5);
    await behindOurBack('delete from audit where seq > 3');
    assert.equal((await verifyRecord(store)).kind, 'intact');
    const verdict = await verifyRecord(store, noted);
    assert.equal(verdict.kind === 'broken' && verdict.seq, 4);
  });

  it('so does a record that was written anew from there', async () => {
    await append(5);
    const noted = await line(5);
    await behindOurBack('delete from audit where seq > 3');
    clock.advance(1);
    await append(4);
    assert.equal((await verifyRecord(store)).kind, 'intact');
    const verdict = await verifyRecord(store, noted);
    assert.equal(verdict.kind === 'broken' && verdict.seq, 5);
  });

  it('lines that came after the noted head are no harm', async () => {
    await append(2);
    const noted = await line(2);
    await append(2);
    assert.equal((await verifyRecord(store, noted)).kind, 'intact');
  });

  it('a record of more than one page is read to its end', async () => {
    await store.write(async (tx) => {
      for (let index = 0; index < 501; index += 1) await record(tx, clock, event());
    });
    const verdict = await verifyRecord(store);
    assert.equal(verdict.kind === 'intact' && verdict.lines, 501);
    await behindOurBack("update audit set actor = 'x' where seq = 501");
    const broken = await verifyRecord(store);
    assert.equal(broken.kind === 'broken' && broken.seq, 501);
  });
}
