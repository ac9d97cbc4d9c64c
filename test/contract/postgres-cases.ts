import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { linesOf } from '../../src/audit/read.js';
import { systemIds } from '../../src/base/ids.js';
import { takeClaim } from '../../src/flows/claims.js';
import type { Turn } from '../../src/flows/turn.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import type { Engine } from '../support/databases.js';
import { handClock } from '../support/hand-clock.js';
import { conversationRow } from '../support/store-rows.js';
import { suiteStore } from '../support/suite-store.js';

/** What only a database with several instances of the bot before it has to hold. */
export function postgresCases(engine: Engine): void {
  const suite = suiteStore(engine);

  it('lets five instances start on an empty database at once', async () => {
    const place = await engine.fresh();
    const stores = await Promise.all([1, 2, 3, 4, 5].map(() => openStore(place)));
    const counts = await Promise.all(stores.map((store) => appliedMigrations(store)));
    assert.deepEqual(counts, [6, 6, 6, 6, 6]);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('gives a claim that two instances take at once to one of them', async () => {
    const other = await suite.another();
    const clock = handClock();
    const turnOf = (store: Store, owner: string) =>
      ({
        actor: { objectId: owner, name: owner },
        reference: owner,
        services: { store, clock, ids: systemIds, owner },
      }) as unknown as Turn;
    const wanted = {
      key: { item: 'request:1', stage: 'stage-1', action: 'decide' },
      effect: 'packages.decide',
      args: {},
      cardRef: 'card-1',
      basis: [],
    };
    const [one, two] = await Promise.all([
      takeClaim(turnOf(suite.store, 'first'), wanted),
      takeClaim(turnOf(other, 'second'), wanted),
    ]);
    assert.deepEqual([one.kind, two.kind].sort(), ['mine', 'taken']);
    assert.equal(one.claim.id, two.claim.id);
    const lines: string[] = [];
    for await (const line of linesOf(suite.store)) lines.push(line.reference);
    assert.deepEqual(lines, [one.claim.reference]);
  });

  it('repeats a change that PostgreSQL gave up to end a deadlock', async () => {
    await suite.store.write((tx) =>
      tx
        .insertInto('conversations')
        .values([conversationRow({ person: 'a' }), conversationRow({ person: 'b' })])
        .execute(),
    );
    const met: string[] = [];
    const both = (first: string, second: string) =>
      suite.store.write(async (tx) => {
        for (const person of [first, second]) {
          await tx
            .updateTable('conversations')
            .set((row) => ({ seen_at: row('seen_at', '+', 1) }))
            .where('person', '=', person)
            .execute();
          met.push(person);
          while (new Set(met).size < 2) await new Promise(setImmediate);
        }
      });
    await Promise.all([both('a', 'b'), both('b', 'a')]);
    const rows = await suite.store.db
      .selectFrom('conversations')
      .select('seen_at')
      .where('person', 'in', ['a', 'b'])
      .execute();
    const { seen_at: start } = conversationRow();
    assert.deepEqual(rows, [{ seen_at: start + 2 }, { seen_at: start + 2 }]);
  });

  it('outlives a connection that is lost while nobody uses it', async () => {
    const lost: Error[] = [];
    const store = await suite.another({ onLost: (error) => lost.push(error) });
    const mine = await backend(store);
    await cut(suite.store, mine);
    while (lost.length === 0) await new Promise(setImmediate);
    assert.notEqual(await backend(store), mine);
    assert.equal(lost.length, 1);
  });

  it('outlives a connection that is lost in the middle of a change, which has not happened then', async () => {
    const lost: Error[] = [];
    const store = await suite.another({ onLost: (error) => lost.push(error) });
    const change = store.write(async (tx) => {
      await tx
        .insertInto('conversations')
        .values(conversationRow({ person: 'cut' }))
        .execute();
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await cut(suite.store, rows[0]?.pid ?? 0);
      // Nothing is asked of the connection while it breaks: that is when it used to end the process.
      while (lost.length === 0) await new Promise(setImmediate);
      await tx
        .insertInto('conversations')
        .values(conversationRow({ person: 'too late' }))
        .execute();
    });
    await assert.rejects(change);
    const rows = await store.db
      .selectFrom('conversations')
      .select('person')
      .where('person', 'in', ['cut', 'too late'])
      .execute();
    assert.deepEqual(rows, []);
  });
}

async function appliedMigrations(store: Store): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*) as count from public.kysely_migration`.execute(store.db);
  return rows[0]?.count ?? 0;
}

async function backend(store: Store): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(store.db);
  return rows[0]?.pid ?? 0;
}

async function cut(store: Store, pid: number): Promise<void> {
  await sql`select pg_terminate_backend(${pid})`.execute(store.db);
}
