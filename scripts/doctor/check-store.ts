import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { type Head, verifyRecord } from '../../src/audit/verify.js';
import type { Config } from '../../src/base/config.js';
import { isAppError } from '../../src/base/errors.js';
import { openPostgres } from '../../src/store/postgres.js';
import type { Schema } from '../../src/store/schema.js';
import { openSqlite } from '../../src/store/sqlite.js';
import type { Store } from '../../src/store/store.js';
import { error, type Finding, nameOf, ok, warning } from './finding.js';

/** Opened without migrating: the doctor looks and leaves everything as it is. */
export async function checkStore(store: Config['store'], known?: Head): Promise<readonly Finding[]> {
  if (store.kind === 'sqlite' && !existsSync(path.join(store.folder, 'latchkey.sqlite'))) {
    return [ok('store.opens', 'There is no database yet; the bot makes it when it starts.')];
  }
  let opened: Store | undefined;
  try {
    opened = readOnly(store);
    return await inside(opened, known);
  } catch (thrown) {
    return [closed(store.kind, thrown)];
  } finally {
    await opened?.close();
  }
}

function readOnly(store: Config['store']): Store {
  const db = store.kind === 'sqlite' ? openSqlite(store.folder) : openPostgres(store.url, () => undefined);
  return {
    engine: store.kind,
    db,
    write: () => Promise.reject(new TypeError('The doctor writes nothing')),
    close: () => db.destroy(),
  };
}

function closed(engine: Config['store']['kind'], thrown: unknown): Finding {
  const what = `The database does not open (${isAppError(thrown) ? thrown.code : nameOf(thrown)}).`;
  const place = engine === 'sqlite' ? 'LATCHKEY_DATA' : 'LATCHKEY_DATABASE_URL';
  const fix = isAppError(thrown)
    ? `${thrown.says} ${thrown.next}`
    : `Check ${place}, and that the bot may read it.`;
  return error('store.opens', { what, why: 'Without it the bot does not start.', fix });
}

async function inside(store: Store, known: Head | undefined): Promise<readonly Finding[]> {
  const { db, engine } = store;
  const query = engine === 'sqlite' ? sql`select sqlite_version() as version` : sql`show server_version`;
  const [version] = (await query.execute(db)).rows.flatMap((row) => Object.values(row as object));
  const name = engine === 'sqlite' ? 'SQLite' : 'PostgreSQL';
  const first = ok('store.opens', `${name} ${String(version)}.`);
  const applied = await appliedMigrations(db);
  if (applied === undefined)
    return [first, ok('store.migrations', 'The database is empty; the bot fills it.')];
  const migrations = judge(applied, knownMigrations());
  return migrations.kind === 'ok' ? [first, migrations, await record(store, known)] : [first, migrations];
}

async function appliedMigrations(db: Kysely<Schema>): Promise<readonly string[] | undefined> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return undefined;
  const rows = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.rows.map((row) => row.name);
}

/** A migration is named after its file. */
function knownMigrations(): readonly string[] {
  const files = readdirSync(new URL('../../src/store/migrations/', import.meta.url));
  return files.filter((file) => /^\d+.*\.js$/.test(file)).map((file) => file.slice(0, -'.js'.length));
}

function judge(applied: readonly string[], known: readonly string[]): Finding {
  const id = 'store.migrations';
  const newer = applied.filter((name) => !known.includes(name));
  if (newer.length > 0) {
    const what = `The database was changed by a newer Latchkey (${newer.join(', ')}).`;
    const why = 'This program does not know what its tables mean now.';
    return error(id, {
      what,
      why,
      fix: 'Run the newer program, or restore the backup made before the upgrade.',
    });
  }
  const waiting = known.filter((name) => !applied.includes(name));
  if (waiting.length === 0) return ok(id, `All ${known.length} are applied.`);
  const what = `Not applied yet: ${waiting.join(', ')}.`;
  return warning(id, {
    what,
    why: 'The bot applies them when it starts.',
    fix: 'Back up, then restart the bot.',
  });
}

async function record(store: Store, known: Head | undefined): Promise<Finding> {
  const id = 'record.intact';
  const verdict = await verifyRecord(store, known);
  if (verdict.kind === 'intact') {
    const { seq, hash } = verdict.head;
    return ok(id, `${verdict.lines} lines. Head: ${seq}:${hash}`);
  }
  return error(id, {
    what: `The record is broken at line ${verdict.seq}: ${verdict.why}.`,
    why: 'Somebody changed it past the bot, or a backup was put back.',
    fix: 'Keep the database as it is and compare it with your last export: see docs/operations.md.',
  });
}
