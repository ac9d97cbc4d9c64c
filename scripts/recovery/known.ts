import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../../src/base/config.js';
import { recoveriesOf } from '../../src/flows/recovery/report/recoveries.js';
import type { Recoveries } from '../../src/insight/passkey-report.js';
import { openPostgres } from '../../src/store/postgres.js';
import { openSqlite } from '../../src/store/sqlite.js';

/** What the bot knows of cases. Where it has never run there is nothing to know, and no database is made for it. */
export async function knownRecoveries(store: Config['store'], now: Date): Promise<Recoveries> {
  if (store.kind === 'sqlite' && !existsSync(path.join(store.folder, 'latchkey.sqlite'))) {
    return { days: 0, cases: 0, passes: 0, used: 0, byPerson: new Map() };
  }
  const db = store.kind === 'sqlite' ? openSqlite(store.folder) : openPostgres(store.url, () => undefined);
  try {
    return await recoveriesOf(db, now);
  } finally {
    await db.destroy();
  }
}
