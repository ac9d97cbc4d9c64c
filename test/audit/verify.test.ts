import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { hashOf } from '../../src/audit/chain.js';
import { linesOf } from '../../src/audit/read.js';
import { record } from '../../src/audit/record.js';
import { type Head, verifyRecord } from '../../src/audit/verify.js';
import type { AuditRow } from '../../src/store/schema.js';
import type { Store } from '../../src/store/store.js';
import { handClock } from '../support/hand-clock.js';
import { auditEvent } from '../support/store-rows.js';
import { openTempStore, type TempStore } from '../support/temp-store.js';

/** Somebody with all rights on the database file: the triggers are gone, and everything can be rewritten. */
describe('verifying the record', () => {
  let temp: TempStore;
  let store: Store;
  beforeEach(async () => {
    temp = await openTempStore();
    store = temp.store;
    const clock = handClock();
    await store.write(async (tx) => {
      for (let line = 1; line <= 5; line += 1) await record(tx, clock, auditEvent({ item: `card:${line}` }));
    });
    await sql`drop trigger audit_no_update`.execute(store.db);
    await sql`drop trigger audit_no_delete`.execute(store.db);
  });
  afterEach(() => temp.close());

  const brokenAt = async (known?: Head) => {
    const verdict = await verifyRecord(store, known);
    return verdict.kind === 'broken' ? { seq: verdict.seq, why: verdict.why } : verdict.kind;
  };

  it('finds nothing wrong with a record nobody touched, and names its end', async () => {
    const last = (await lines(store)).at(-1);
    assert.deepEqual(await verifyRecord(store), {
      kind: 'intact',
      lines: 5,
      head: { seq: 5, hash: last?.hash },
    });
  });

  it('finds an empty record intact', async () => {
    await sql`delete from audit`.execute(store.db);
    const verdict = await verifyRecord(store);
    assert.deepEqual([verdict.kind, verdict.kind === 'intact' && verdict.lines], ['intact', 0]);
  });

  for (const column of ['at', 'kind', 'actor', 'item', 'reference', 'data'] as const) {
    it(`finds the line whose ${column} was changed`, async () => {
      const value = column === 'at' ? 1 : 'changed';
      await sql`update audit set ${sql.ref(column)} = ${value} where seq = 3`.execute(store.db);
      assert.deepEqual(await brokenAt(), { seq: 3, why: 'its content was changed' });
    });
  }

  it('finds a change whose hash was made to fit, at the line after it', async () => {
    const third = (await lines(store))[2];
    assert.ok(third);
    const { hash: _, ...rest } = third;
    const forged = { ...rest, actor: 'somebody else' };
    await sql`update audit set actor = 'somebody else', hash = ${hashOf(forged)} where seq = 3`.execute(
      store.db,
    );
    assert.deepEqual(await brokenAt(), { seq: 4, why: 'it does not follow the line before it' });
  });

  it('finds where a line was taken out', async () => {
    await sql`delete from audit where seq = 2`.execute(store.db);
    assert.deepEqual(await brokenAt(), { seq: 3, why: 'line 2 is missing' });
  });

  it('finds two lines that changed places', async () => {
    await sql`update audit set seq = -seq where seq in (2, 3)`.execute(store.db);
    await sql`update audit set seq = 5 + seq where seq in (-2, -3)`.execute(store.db);
    assert.deepEqual(await brokenAt(), { seq: 2, why: 'it does not follow the line before it' });
  });

  it('finds a line that was put before the first', async () => {
    await sql`insert into audit select 0, at, kind, actor, item, reference, data, previous, hash
      from audit where seq = 1`.execute(store.db);
    assert.deepEqual((await brokenAt()) !== 'intact', true);
  });

  it('finds a line added at the end by somebody who does not know how lines are made', async () => {
    await sql`insert into audit select 6, at, kind, actor, item, reference, data, hash, hash
      from audit where seq = 5`.execute(store.db);
    assert.deepEqual(await brokenAt(), { seq: 6, why: 'its content was changed' });
  });

  it('finds that the newest lines were cut off, when the end was noted elsewhere', async () => {
    const known = headOf((await lines(store)).at(-1));
    await sql`delete from audit where seq > 3`.execute(store.db);
    assert.equal(await brokenAt(), 'intact');
    assert.deepEqual(await brokenAt(known), { seq: 4, why: 'lines that were noted earlier are missing' });
  });

  it('finds a record written anew from a line on, when a later end was noted elsewhere', async () => {
    const known = headOf((await lines(store))[3]);
    await sql`delete from audit where seq > 2`.execute(store.db);
    const later = handClock(Date.UTC(2026, 1, 1));
    await store.write(async (tx) => {
      for (let line = 3; line <= 5; line += 1) await record(tx, later, auditEvent({ item: 'invented' }));
    });
    assert.equal(await brokenAt(), 'intact');
    assert.deepEqual(await brokenAt(known), { seq: 4, why: 'it is not the line that was noted earlier' });
  });

  it('takes an end noted earlier while the record has grown', async () => {
    assert.equal(await brokenAt(headOf((await lines(store))[1])), 'intact');
  });
});

async function lines(store: Store): Promise<readonly AuditRow[]> {
  const found: AuditRow[] = [];
  for await (const line of linesOf(store)) found.push({ ...line });
  return found;
}

function headOf(line: AuditRow | undefined): Head {
  return { seq: line?.seq ?? 0, hash: line?.hash ?? '' };
}
