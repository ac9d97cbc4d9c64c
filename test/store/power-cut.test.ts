import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { verifyRecord } from '../../src/audit/verify.js';
import { openStore } from '../../src/store/open-store.js';
import { tempFolder } from '../support/temp-folder.js';

const child = fileURLToPath(new URL('../support/writing-child.js', import.meta.url));

describe('a process that is killed while it writes', () => {
  it('leaves every change it had reported, whole, and no part of another one', async () => {
    const folder = tempFolder();
    const reported: number[] = [];
    for (const howMany of [40, 60, 80]) {
      reported.push(...(await killAfter(folder.path, howMany, (reported.at(-1) ?? -1) + 1_000)));
    }
    const store = await openStore({ dataDir: folder.path });
    const names = {
      claims: await store.db.selectFrom('claims').select('item as name').execute(),
      conversations: await store.db.selectFrom('conversations').select('person as name').execute(),
      cards: await store.db.selectFrom('cards').select('item as name').execute(),
      jobs: await store.db.selectFrom('jobs').select('key as name').execute(),
      audit: await store.db.selectFrom('audit').select('item as name').execute(),
    };
    const inClaims = new Set(names.claims.map(({ name }) => name));
    for (const [table, rows] of Object.entries(names)) {
      assert.deepEqual(new Set(rows.map(({ name }) => name)), inClaims, `${table} holds what claims holds`);
    }
    const lost = reported.filter((number) => !inClaims.has(`n${number}`));
    assert.deepEqual(lost, []);
    assert.equal((await verifyRecord(store)).kind, 'intact');
    const check = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(store.db);
    assert.equal(check.rows[0]?.integrity_check, 'ok');
    await store.close();
    folder.remove();
  });
});

/** kill -9 as soon as so many changes were reported: the next one is on its way then. */
async function killAfter(folder: string, howMany: number, start: number): Promise<readonly number[]> {
  const writer = spawn(process.execPath, [child, folder, String(start)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(writer, 'exit');
  const reported: number[] = [];
  for await (const line of createInterface({ input: writer.stdout })) {
    reported.push(Number(line));
    if (reported.length === howMany) writer.kill('SIGKILL');
  }
  await exited;
  assert.ok(reported.length >= howMany, 'the writer ended too early');
  return reported;
}
