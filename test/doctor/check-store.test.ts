import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { checkStore } from '../../scripts/doctor/check-store.js';
import type { Finding } from '../../scripts/doctor/finding.js';
import { record } from '../../src/audit/record.js';
import { verifyRecord } from '../../src/audit/verify.js';
import { systemClock } from '../../src/base/clock.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { type TempFolder, tempFolder } from '../support/temp-folder.js';
import { sentences, told } from './told.js';

const all = ['store.opens', 'store.migrations', 'record.intact'];

describe('doctor: store and record', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = tempFolder();
  });
  afterEach(() => folder.remove());

  const judge = (known?: { seq: number; hash: string }): Promise<readonly Finding[]> =>
    checkStore({ kind: 'sqlite', folder: folder.path }, known);

  /** What the bot, or somebody past it, did to the store before the doctor looks. */
  async function beforehand(change: (store: Store) => Promise<unknown>): Promise<void> {
    const store = await openStore({ dataDir: folder.path });
    await change(store);
    await store.close();
  }

  const refuseThreeClicks = async (store: Store) => {
    for (const reference of ['one', 'two', 'three']) {
      await store.write((tx) =>
        record(tx, systemClock, {
          kind: 'click.refused',
          actor: 'somebody',
          item: 'card:x',
          reference,
          data: { verb: 'packages.ask', code: 'flows.off', basis: [] },
        }),
      );
    }
  };

  it('is content before the first start, and makes nothing', async () => {
    assert.deepEqual(told(await judge()), ['ok store.opens']);
    assert.match(sentences(await judge()), /no database yet/);
  });

  it('is content with a store in use', async () => {
    await beforehand(refuseThreeClicks);
    const findings = await judge();
    assert.deepEqual(
      told(findings),
      all.map((id) => `ok ${id}`),
    );
    assert.match(sentences(findings), /SQLite 3\.\d+.*3 lines\. Head: 3:[0-9a-f]{64}/);
  });

  it('finds a changed line', async () => {
    await beforehand(async (store) => {
      await refuseThreeClicks(store);
      await sql`drop trigger audit_no_update`.execute(store.db);
      await store.db.updateTable('audit').set({ actor: 'nobody' }).where('seq', '=', 2).execute();
    });
    const findings = await judge();
    assert.deepEqual(told(findings), ['ok store.opens', 'ok store.migrations', 'error record.intact']);
    assert.match(sentences(findings), /broken at line 2: its content was changed/);
  });

  it('finds that the newest lines were cut off, when it knows where the record ended', async () => {
    let head = { seq: 0, hash: '' };
    await beforehand(async (store) => {
      await refuseThreeClicks(store);
      const verdict = await verifyRecord(store);
      if (verdict.kind === 'intact') head = verdict.head;
      await sql`drop trigger audit_no_delete`.execute(store.db);
      await store.db.deleteFrom('audit').where('seq', '=', 3).execute();
    });
    assert.deepEqual(told(await judge()).at(-1), 'ok record.intact');
    assert.deepEqual(told(await judge(head)).at(-1), 'error record.intact');
  });

  it('warns of migrations that wait, and applies none', async () => {
    await beforehand((store) => sql`delete from kysely_migration`.execute(store.db));
    assert.deepEqual(told(await judge()), ['ok store.opens', 'warning store.migrations']);
    assert.deepEqual(told(await judge()), ['ok store.opens', 'warning store.migrations']);
  });

  it('refuses a database that a newer program has changed', async () => {
    await beforehand((store) =>
      sql`insert into kysely_migration (name, timestamp) values ('9999-later', '')`.execute(store.db),
    );
    assert.deepEqual(told(await judge()), ['ok store.opens', 'error store.migrations']);
  });

  it('refuses a file that is no database', async () => {
    writeFileSync(
      path.join(folder.path, 'latchkey.sqlite'),
      'not a database, but long enough to be read as one',
    );
    chmodSync(folder.path, 0o700);
    assert.deepEqual(told(await judge()), ['error store.opens']);
  });

  it('says that PostgreSQL is not there, and not with which password it tried', async () => {
    const url = 'postgres://latchkey:hunter2@127.0.0.1:1/latchkey';
    const findings = await checkStore({ kind: 'postgres', url, folder: folder.path });
    assert.deepEqual(told(findings), ['error store.opens']);
    assert.doesNotMatch(sentences(findings), /hunter2/);
  });
});
