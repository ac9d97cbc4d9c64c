import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../src/base/config.js';
import { openPostgres } from '../src/store/postgres.js';
import { openSqlite } from '../src/store/sqlite.js';
import type { Store } from '../src/store/store.js';

/** What the bot itself knows. Undefined where it has never run: no database is made for it, and none is migrated. */
export async function lookInStore<T>(
  store: Config['store'],
  look: (db: Store['db']) => Promise<T>,
): Promise<T | undefined> {
  if (store.kind === 'sqlite' && !existsSync(path.join(store.folder, 'latchkey.sqlite'))) return undefined;
  const db = store.kind === 'sqlite' ? openSqlite(store.folder) : openPostgres(store.url, () => undefined);
  try {
    return await look(db);
  } finally {
    await db.destroy();
  }
}
