import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../../src/base/config.js';
import { type Known, knownActivations } from '../../src/flows/pim/findings/collect.js';
import { openPostgres } from '../../src/store/postgres.js';
import { openSqlite } from '../../src/store/sqlite.js';

/** What the bot knows of activations. Where it has never run there is nothing to know, and no database is made for it. */
export async function knownTo(store: Config['store'], now: Date): Promise<Known> {
  if (store.kind === 'sqlite' && !existsSync(path.join(store.folder, 'latchkey.sqlite'))) {
    return { activated: [], since: now.getTime() };
  }
  const db = store.kind === 'sqlite' ? openSqlite(store.folder) : openPostgres(store.url, () => undefined);
  try {
    return await knownActivations(db, now);
  } finally {
    await db.destroy();
  }
}
