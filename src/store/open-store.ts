import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kysely } from 'kysely';
import { migrate } from './migrate.js';
import { openPostgres } from './postgres.js';
import type { Schema } from './schema.js';
import { openSqlite } from './sqlite.js';
import type { Store, Tx } from './store.js';

export interface StoreOptions {
  readonly dataDir: string;
  /** PostgreSQL; without it SQLite in the data folder. */
  readonly databaseUrl?: string;
  /** A connection was lost while nobody used it. */
  readonly onLost?: (error: Error) => void;
}

export async function openStore({
  dataDir,
  databaseUrl,
  onLost = () => undefined,
}: StoreOptions): Promise<Store> {
  const engine = databaseUrl === undefined ? 'sqlite' : 'postgres';
  const db = databaseUrl === undefined ? openSqlite(dataDir) : openPostgres(databaseUrl, onLost);
  try {
    await migrate(db, engine);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { engine, db, write: writer(db), close: () => db.destroy() };
}

/** Inside a write, a second one would wait for the first for ever: that is a mistake in our code, and is said so. */
function writer(db: Kysely<Schema>): Store['write'] {
  const inside = new AsyncLocalStorage<true>();
  return (change) => {
    if (inside.getStore() === true)
      throw new TypeError('write() inside write(): hand the transaction on instead');
    return inside.run(true, () => withRetries(() => db.transaction().execute((tx: Tx) => change(tx))));
  };
}

const tries = 5;

/** PostgreSQL may ask to repeat a transaction that met another one; nothing of it has happened then. */
async function withRetries<T>(run: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await run();
    } catch (error) {
      if (count >= tries || !isSerializationFailure(error)) throw error;
    }
  }
}

function isSerializationFailure(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01');
}
