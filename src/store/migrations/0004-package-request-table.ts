import { type Kysely, type Migration, sql } from 'kysely';

const time = 'bigint' as const;

export const packageRequestTable: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('package_requests')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('package_id', 'text', (column) => column.notNull())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('requestor', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('stages', 'text', (column) => column.notNull())
      .addColumn('stage_since', time, (column) => column.notNull())
      .addColumn('reminded', 'integer', (column) => column.notNull())
      .addColumn('created_at', time, (column) => column.notNull())
      .addColumn('ended_at', time, (column) => column.notNull())
      .execute();
    await sql`create index package_requests_open on package_requests (ended_at, stage_since)`.execute(db);
  },
};
