import { type Kysely, type Migration, sql } from 'kysely';

const time = 'bigint' as const;

export const recoveryCaseTable: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('recovery_cases')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('opened_by', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('about', 'text', (column) => column.notNull())
      .addColumn('privileged', 'integer', (column) => column.notNull())
      .addColumn('attested', 'text', (column) => column.notNull())
      .addColumn('issuer', 'text', (column) => column.notNull())
      .addColumn('pass', 'text', (column) => column.notNull())
      .addColumn('baseline', 'text', (column) => column.notNull())
      .addColumn('removed', 'text', (column) => column.notNull())
      .addColumn('cleaned', 'integer', (column) => column.notNull())
      .addColumn('opened_at', time, (column) => column.notNull())
      .addColumn('changed_at', time, (column) => column.notNull())
      .addColumn('escalated', 'integer', (column) => column.notNull())
      .addColumn('closed_at', time, (column) => column.notNull())
      .execute();
    // Two people may open a case for the same person at the same moment: one of them finds the other's.
    await sql`create unique index recovery_cases_one_open on recovery_cases (subject) where closed_at = 0`.execute(
      db,
    );
    await sql`create index recovery_cases_closed on recovery_cases (closed_at)`.execute(db);
  },
};
