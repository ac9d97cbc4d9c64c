import { type Kysely, type Migration, Migrator } from 'kysely';
import { firstTables } from './migrations/0001-first-tables.js';
import { reviewTables } from './migrations/0002-review-tables.js';
import { activationTables } from './migrations/0003-activation-tables.js';
import { packageRequestTable } from './migrations/0004-package-request-table.js';
import { recoveryCaseTable } from './migrations/0005-recovery-case-table.js';
import { signInMethodTables } from './migrations/0006-sign-in-method-tables.js';
import type { Schema } from './schema.js';

export type Engine = 'sqlite' | 'postgres';

/** In order, and never changed once released: a correction is a migration of its own. */
function migrations(engine: Engine): Record<string, Migration> {
  return {
    '0001-first-tables': firstTables(engine),
    '0002-review-tables': reviewTables,
    '0003-activation-tables': activationTables,
    '0004-package-request-table': packageRequestTable,
    '0005-recovery-case-table': recoveryCaseTable,
    '0006-sign-in-method-tables': signInMethodTables,
  };
}

/** Several instances may start at once; one migrates and the others wait. */
export async function migrate(db: Kysely<Schema>, engine: Engine): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations(engine) },
    // Kysely looks for its tables in every visible schema otherwise.
    ...(engine === 'postgres' ? { migrationTableSchema: 'public' } : {}),
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
