import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import type { Engine } from '../support/databases.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { startChild } from './child.js';

export function crashCases(engine: Engine): void {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await testDatabase(engine);
  });
  afterEach(() => database.close());

  it('kill -9 in mid-writes loses nothing that was acknowledged, and leaves nothing half written', async () => {
    const acknowledged: string[] = [];
    for (const [round, lines] of [5, 100].entries()) {
      const child = startChild('writer', JSON.stringify(database.place), `round-${round}`, '1000000');
      await child.lines(lines);
      await child.kill();
      assert.ok(child.said.length >= lines);
      acknowledged.push(...child.said);
    }
    const store = await database.open();
    const claims = await store.db.selectFrom('claims').select('id').execute();
    const lines = await store.db.selectFrom('audit').select('item').execute();
    const jobs = await store.db.selectFrom('jobs').select('key').execute();
    const kept = claims.map(({ id }) => id).sort();
    assert.deepEqual(
      acknowledged.filter((id) => !kept.includes(id)),
      [],
    );
    assert.deepEqual(lines.map(({ item }) => item).sort(), kept);
    assert.deepEqual(jobs.map(({ key }) => key).sort(), kept);
    assert.equal((await verifyRecord(store)).kind, 'intact');
  });

  it('processes that start at once on a new database share it', async () => {
    const children = ['a', 'b', 'c', 'd'].map((name) =>
      startChild('writer', JSON.stringify(database.place), name, '10'),
    );
    assert.deepEqual(await Promise.all(children.map(({ ended }) => ended)), [0, 0, 0, 0]);
    const verdict = await verifyRecord(await database.open());
    assert.equal(verdict.kind === 'intact' && verdict.lines, 40);
  });
}
