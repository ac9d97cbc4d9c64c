import { type Kysely, type Migration, sql } from 'kysely';

const time = 'bigint' as const;

export const signInMethodTables: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('method_changes')
      // The id of the line in Entra's log: however often that line is read, its owner is told once.
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('by_id', 'text', (column) => column.notNull())
      .addColumn('about', 'text', (column) => column.notNull())
      .addColumn('case_id', 'text', (column) => column.notNull())
      .addColumn('answer', 'text', (column) => column.notNull())
      .addColumn('at', time, (column) => column.notNull())
      .addColumn('told_at', time, (column) => column.notNull())
      .addColumn('answered_at', time, (column) => column.notNull())
      .execute();
    await sql`create index method_changes_case on method_changes (case_id)`.execute(db);
    await db.schema
      .createTable('people_keys')
      .addColumn('person', 'text', (column) => column.primaryKey())
      .addColumn('about', 'text', (column) => column.notNull())
      .addColumn('methods', 'text', (column) => column.notNull())
      .addColumn('has_passkey', 'integer', (column) => column.notNull())
      .addColumn('keys', 'text', (column) => column.notNull())
      .addColumn('keys_read', time, (column) => column.notNull())
      .addColumn('seen_at', time, (column) => column.notNull())
      .execute();
    await sql`create index people_keys_next on people_keys (has_passkey, keys_read)`.execute(db);
  },
};
