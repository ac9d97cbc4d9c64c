import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kysely, KyselyPlugin } from 'kysely';
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
  const inside = new AsyncLocalStorage<{ open: boolean }>();
  return {
    engine,
    db: db.withPlugin(outside(inside)),
    write: writer(db, inside),
    // Else every promise of the process goes on paying for a store that is gone.
    close: () => db.destroy().finally(() => inside.disable()),
  };
}

/**
 * Inside a write, a second one and a read past the transaction would wait for the first for ever (SQLite has one
 * connection, a busy PostgreSQL pool has none left): that is a mistake in our code, and is said so.
 */
function refuseInside(inside: AsyncLocalStorage<{ open: boolean }>, what: string): void {
  if (inside.getStore()?.open === true) {
    throw new TypeError(`${what} inside write(): hand the transaction on instead`);
  }
}

function outside(inside: AsyncLocalStorage<{ open: boolean }>): KyselyPlugin {
  return {
    transformQuery: ({ node }) => {
      refuseInside(inside, 'store.db');
      return node;
    },
    transformResult: async ({ result }) => result,
  };
}

function writer(db: Kysely<Schema>, inside: AsyncLocalStorage<{ open: boolean }>): Store['write'] {
  return (change) => {
    refuseInside(inside, 'write()');
    // What is only started in the change may outlive it, and is free then.
    const state = { open: true };
    return inside.run(state, () =>
      withRetries(() => db.transaction().execute((tx: Tx) => change(tx))).finally(() => {
        state.open = false;
      }),
    );
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
