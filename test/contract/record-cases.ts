import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { linesOf } from '../../src/audit/read.js';
import { record } from '../../src/audit/record.js';
import { verifyRecord } from '../../src/audit/verify.js';
import type { Store } from '../../src/store/store.js';
import type { Engine } from '../support/databases.js';
import { handClock } from '../support/hand-clock.js';
import { auditEvent } from '../support/store-rows.js';
import { suiteStore } from '../support/suite-store.js';

export function recordCases(engine: Engine): void {
  const suite = suiteStore(engine);
  const clock = handClock();
  const append = (store: Store, item: string) => store.write((tx) => record(tx, clock, auditEvent({ item })));
  const seqs = async () => {
    const found: number[] = [];
    for await (const line of linesOf(suite.store)) found.push(line.seq);
    return found;
  };

  it('stays one gapless chain when twenty append at once, from two instances where there can be two', async () => {
    const other = await suite.beside();
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => append(index % 2 === 0 ? suite.store : other, `i${index}`)),
    );
    assert.deepEqual(
      await seqs(),
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    assert.equal((await verifyRecord(suite.store)).kind, 'intact');
  });

  it('leaves no line, and no gap, of a change that did not happen', async () => {
    const before = await seqs();
    const change = suite.store.write(async (tx) => {
      await record(tx, clock, auditEvent());
      throw new Error('no');
    });
    await assert.rejects(change);
    assert.deepEqual(await seqs(), before);
    await append(suite.store, 'next');
    assert.deepEqual(await seqs(), [...before, before.length + 1]);
  });

  it('takes several lines of one change', async () => {
    const before = await seqs();
    await suite.store.write(async (tx) => {
      await record(tx, clock, auditEvent({ item: 'first' }));
      await record(tx, clock, auditEvent({ item: 'second' }));
    });
    assert.equal((await seqs()).length, before.length + 2);
    assert.equal((await verifyRecord(suite.store)).kind, 'intact');
  });

  const forbidden = {
    'changing a line': sql`update audit set actor = 'somebody else' where seq = 1`,
    'removing a line': sql`delete from audit where seq = 1`,
    ...(engine.name === 'postgres' ? { 'emptying it': sql`truncate audit` } : {}),
  };
  for (const [name, statement] of Object.entries(forbidden)) {
    it(`refuses ${name}`, async () => {
      await assert.rejects(statement.execute(suite.store.db), /append-only/);
      assert.equal((await verifyRecord(suite.store)).kind, 'intact');
    });
  }
}
