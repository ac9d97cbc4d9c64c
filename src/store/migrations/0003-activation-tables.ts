import { type Kysely, type Migration, sql } from 'kysely';

const time = 'bigint' as const;

export const activationTables: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('activations')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('target', 'text', (column) => column.notNull())
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('about', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('verdict', 'text', (column) => column.notNull())
      .addColumn('emergency', 'integer', (column) => column.notNull())
      .addColumn('asked_at', time, (column) => column.notNull())
      .addColumn('starts_at', time, (column) => column.notNull())
      .addColumn('ends_at', time, (column) => column.notNull())
      .addColumn('look_back', 'text', (column) => column.notNull())
      .execute();
    await sql`create index activations_state on activations (state)`.execute(db);
    await sql`create index activations_person on activations (person, target)`.execute(db);
    await db.schema
      .createTable('favourites')
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('target', 'text', (column) => column.notNull())
      .addColumn('scope', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('favourites_key', ['person', 'kind', 'target', 'scope'])
      .execute();
    await db.schema
      .createTable('marks')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('at', time, (column) => column.notNull())
      .execute();
  },
};
