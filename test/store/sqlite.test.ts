import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { isAppError } from '../../src/base/errors.js';
import { refuseOldSqlite } from '../../src/store/sqlite.js';
import { openTempStore } from '../support/temp-store.js';

describe('SQLite', () => {
  it('keeps every commit over a power cut: write-ahead log, flushed at each commit', async () => {
    const temp = await openTempStore();
    const pragma = async (name: string) => {
      const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(temp.store.db);
      return Object.values(rows[0] ?? {})[0];
    };
    assert.equal(await pragma('journal_mode'), 'wal');
    assert.equal(await pragma('synchronous'), 2);
    assert.equal(await pragma('busy_timeout'), 5000);
    await temp.close();
  });

  it('keeps its folder and files to the user the bot runs as', async function () {
    if (process.platform === 'win32') this.skip();
    const temp = await openTempStore();
    const mode = (file: string) => (statSync(file).mode & 0o777).toString(8);
    assert.equal(mode(temp.folder), '700');
    const files = readdirSync(temp.folder).map((file) => [file, mode(path.join(temp.folder, file))]);
    assert.deepEqual(Object.fromEntries(files), {
      'latchkey.sqlite': '600',
      'latchkey.sqlite-shm': '600',
      'latchkey.sqlite-wal': '600',
    });
    await temp.close();
  });

  it('refuses a version that can lose committed pages', () => {
    for (const version of ['3.7.0', '3.50.9', '3.51.2']) {
      assert.throws(
        () => refuseOldSqlite(version),
        (error) => isAppError(error) && error.code === 'store.old-sqlite',
      );
    }
    for (const version of ['3.51.3', '3.52.0', '4.0.0']) assert.doesNotThrow(() => refuseOldSqlite(version));
  });
});
