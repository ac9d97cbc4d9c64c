import { type Kysely, type Migration, sql } from 'kysely';

const time = 'bigint' as const;

export const reviewTables: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('reviews')
      .addColumn('instance_id', 'text', (column) => column.primaryKey())
      .addColumn('definition_id', 'text', (column) => column.notNull())
      .addColumn('stage_id', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('about', 'text', (column) => column.notNull())
      .addColumn('ends_at', time, (column) => column.notNull())
      .addColumn('undecided', 'integer', (column) => column.notNull())
      .addColumn('created_at', time, (column) => column.notNull())
      .execute();
    await sql`create index reviews_state on reviews (state)`.execute(db);
    await db.schema
      .createTable('review_series')
      .addColumn('definition_id', 'text', (column) => column.primaryKey())
      .addColumn('fingerprint', 'text', (column) => column.notNull())
      .addColumn('look_at', time, (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('packets')
      .addColumn('ref', 'text', (column) => column.primaryKey())
      .addColumn('instance_id', 'text', (column) => column.notNull())
      .addColumn('stage_id', 'text', (column) => column.notNull())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('mode', 'text', (column) => column.notNull())
      .addColumn('skip', 'integer', (column) => column.notNull())
      .addColumn('shown', 'text', (column) => column.notNull())
      .addColumn('left_over', 'integer', (column) => column.notNull())
      .addColumn('reminded', 'integer', (column) => column.notNull())
      .execute();
    await sql`create index packets_instance on packets (instance_id)`.execute(db);
    await sql`create index packets_person on packets (person)`.execute(db);
  },
};
