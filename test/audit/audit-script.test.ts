import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { record } from '../../src/audit/record.js';
import { handClock } from '../support/hand-clock.js';
import { auditEvent } from '../support/store-rows.js';
import { openTempStore, type TempStore } from '../support/temp-store.js';

const script = fileURLToPath(new URL('../../scripts/audit.js', import.meta.url));

/** No setting but the place of the database: it must work where the bot's secrets are not. */
function audit(folder: string, ...args: readonly string[]) {
  const env = { PATH: process.env.PATH, LATCHKEY_DATA: folder };
  return new Promise<{ code: number; out: string; error: string }>((resolve) => {
    const child = execFile(process.execPath, [script, ...args], { env }, (_, out, error) =>
      resolve({ code: child.exitCode ?? -1, out, error }),
    );
  });
}

describe('npm run audit', () => {
  let temp: TempStore;
  before(async () => {
    temp = await openTempStore();
    const clock = handClock();
    for (const item of ['card:1', 'card:2', 'card:3']) {
      await temp.store.write((tx) => record(tx, clock, auditEvent({ item })));
    }
  });
  after(() => temp.close());

  it('verifies, and takes the end it printed the next time', async () => {
    const first = await audit(temp.folder, 'verify');
    assert.equal(first.code, 0);
    assert.match(first.out, /intact: 3 lines\.\nhead 3:[0-9a-f]{64}\n/);
    const head = /head (\S+)/.exec(first.out)?.[1] ?? '';
    assert.equal((await audit(temp.folder, 'verify', '--head', head)).code, 0);
  });

  it('exports lines only to stdout, and the end to stderr', async () => {
    const { code, out, error } = await audit(temp.folder, 'export', '--format', 'jsonl');
    assert.equal(code, 0);
    const seqs = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).seq);
    assert.deepEqual(seqs, [1, 2, 3]);
    assert.match(error, /^head 3:[0-9a-f]{64}\n$/);
  });

  for (const args of [
    [],
    ['look'],
    ['verify', '--head', 'three'],
    ['verify', '--format', 'csv'],
    ['export', '--from', 'yesterday'],
    ['export', '--format', 'pdf'],
    ['export', '--colour', 'red'],
    ['export', 'everything'],
  ]) {
    it(`says what is wrong with: ${args.join(' ') || 'nothing'}`, async () => {
      const { code, out, error } = await audit(temp.folder, ...args);
      assert.deepEqual([code, out], [2, '']);
      assert.doesNotMatch(error, /at .*\.js/);
    });
  }

  it('says so where there is no database, and makes none', async () => {
    const nowhere = `${temp.folder}/nowhere`;
    for (const attempt of [1, 2]) {
      const { code, error } = await audit(nowhere, 'verify');
      assert.equal(code, 2, `attempt ${attempt}`);
      assert.match(error, /There is no database in/);
    }
  });

  it('ends with 1 when the record is broken', async () => {
    await sql`drop trigger audit_no_update`.execute(temp.store.db);
    await sql`update audit set actor = 'x' where seq = 2`.execute(temp.store.db);
    const { code, error } = await audit(temp.folder, 'verify');
    assert.equal(code, 1);
    assert.equal(error, 'The record is broken at line 2: its content was changed.\n');
  });
});
