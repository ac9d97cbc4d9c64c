import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import { storeError } from './errors.js';
import { refuseNetworkDisk } from './network-disk.js';
import type { Schema } from './schema.js';

/** Before it a checkpoint could lose committed pages (the WAL-reset bug). */
const oldestSafe = [3, 51, 3] as const;

/** One connection a process: SQLite has one writer anyway, and its API is synchronous. */
export function openSqlite(folder: string): Kysely<Schema> {
  refuseNetworkDisk(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, 'latchkey.sqlite');
  // Waits from the first statement on: another process may be starting too, or have the file for a moment.
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    chmodSync(file, 0o600);
    refuseOldSqlite(String(database.prepare('select sqlite_version() as version').get()?.version));
    makeDurable(database);
  } catch (error) {
    database.close();
    throw error;
  }
  const config = { database: kyselyDatabase(database) };
  return new Kysely<Schema>({ dialect: new ImmediateDialect(config) });
}

/** The driver switches to synchronous=NORMAL when WAL is set, which loses commits in a power cut: so FULL comes after. */
function makeDurable(database: DatabaseSyncInstance): void {
  database.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma fullfsync = 1; ' +
      'pragma journal_size_limit = 67108864; pragma foreign_keys = on;',
  );
  const mode = database.prepare('pragma journal_mode').get()?.journal_mode;
  const synchronous = database.prepare('pragma synchronous').get()?.synchronous;
  if (mode !== 'wal' || synchronous !== 2) throw storeError('store.not-durable');
}

export function refuseOldSqlite(version: string): void {
  const parts = version.split('.').map(Number);
  const difference = oldestSafe.map((part, index) => (parts[index] ?? 0) - part).find((each) => each !== 0);
  if ((difference ?? 0) < 0) throw storeError('store.old-sqlite', undefined, { version });
}

/** Kysely knows the API of another driver; this one has Node's own. */
function kyselyDatabase(database: DatabaseSyncInstance): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare: (text) => {
      const statement = database.prepare(text);
      const bind = (parameters: readonly unknown[]) => parameters as (string | number | null)[];
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...bind(parameters)),
        run: (parameters) => statement.run(...bind(parameters)),
        iterate: (parameters) => statement.iterate(...bind(parameters)) as IterableIterator<unknown>,
      };
    },
  };
}

class ImmediateDialect extends SqliteDialect {
  readonly #config: ConstructorParameters<typeof SqliteDialect>[0];

  constructor(config: ConstructorParameters<typeof SqliteDialect>[0]) {
    super(config);
    this.#config = config;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#config);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

/** SQLite rolls tables back too. Without this a first start that is cut short leaves half of them, and none after it succeeds. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** A transaction that reads before it writes would otherwise fail, not wait, when another process wrote in between. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** SQLite has rolled back by itself when the disk is full: to fail at that would hide what really happened. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch(() => undefined);
  }
}
