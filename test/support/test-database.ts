import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { openStore, type StoreOptions } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { type Engine, runOnServer } from './databases.js';

/** An empty database of its own. */
export interface TestDatabase {
  /** For another process. */
  readonly place: StoreOptions;
  open(): Promise<Store>;
  /** A second instance of the bot. SQLite serves one only, so there it is the first again. */
  beside(store: Store): Promise<Store>;
  /** What the program itself never does: SQL behind its back. */
  tamper(statements: readonly string[]): Promise<void>;
  /** Closes what was opened. */
  close(): Promise<void>;
}

export async function testDatabase(engine: Engine): Promise<TestDatabase> {
  return databaseAt(await engine.fresh());
}

function databaseAt(place: StoreOptions): TestDatabase {
  const { dataDir, databaseUrl } = place;
  const opened: Store[] = [];
  const open = async (): Promise<Store> => {
    const store = await openStore(place);
    opened.push(store);
    return store;
  };
  return {
    place,
    open,
    beside: databaseUrl === undefined ? async (store) => store : open,
    tamper: async (statements) =>
      databaseUrl === undefined
        ? inFile(path.join(dataDir, 'latchkey.sqlite'), statements)
        : runOnServer(databaseUrl, statements),
    close: async () => {
      await Promise.all(opened.map((store) => store.close()));
    },
  };
}

function inFile(file: string, statements: readonly string[]): void {
  const database = new DatabaseSync(file);
  for (const statement of statements) database.exec(statement);
  database.close();
}
