import { type CreateTableBuilder, type Kysely, type Migration, sql } from 'kysely';
import type { Engine } from '../migrate.js';

type Db = Kysely<unknown>;

export function firstTables(engine: Engine): Migration {
  return {
    async up(db: Db) {
      await claims(db);
      await cards(db);
      await conversations(db);
      await jobs(db, engine);
      await audit(db);
      await (engine === 'sqlite' ? appendOnlySqlite(db) : appendOnlyPostgres(db));
    },
  };
}

const time = 'bigint' as const;

async function claims(db: Db): Promise<void> {
  await texts(
    db.schema.createTable('claims').addColumn('id', 'text', (column) => column.primaryKey()),
    ['item', 'stage', 'action', 'effect', 'state', 'actor_id', 'actor_name', 'args', 'card_ref', 'reference'],
  )
    .addColumn('lease_owner', 'text', (column) => column.notNull())
    .addColumn('lease_until', time, (column) => column.notNull())
    .addColumn('receipt', 'text')
    .addColumn('created_at', time, (column) => column.notNull())
    .addColumn('settled_at', time)
    .execute();
  await sql`create unique index claims_step on claims (item, stage, action) where state <> 'void'`.execute(
    db,
  );
  await sql`create unique index claims_busy on claims (item, action) where state = 'claimed'`.execute(db);
}

async function cards(db: Db): Promise<void> {
  await texts(
    db.schema.createTable('cards').addColumn('ref', 'text', (column) => column.primaryKey()),
    ['flow', 'kind', 'item', 'person', 'purpose', 'state', 'picture'],
  )
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('shown_version', 'integer', (column) => column.notNull())
    .addColumn('conversation_id', 'text')
    .addColumn('activity_id', 'text')
    .addColumn('created_at', time, (column) => column.notNull())
    .addColumn('expires_at', time, (column) => column.notNull())
    .execute();
  await sql`create unique index cards_purpose on cards (purpose) where state = 'open'`.execute(db);
  await sql`create index cards_item on cards (item)`.execute(db);
}

async function conversations(db: Db): Promise<void> {
  await texts(
    db.schema.createTable('conversations').addColumn('person', 'text', (column) => column.primaryKey()),
    ['tenant_id', 'conversation_id', 'service_url', 'bot_id', 'mri'],
  )
    .addColumn('seen_at', time, (column) => column.notNull())
    .addColumn('dead_since', time)
    .execute();
}

async function jobs(db: Db, engine: Engine): Promise<void> {
  const table = db.schema
    .createTable('jobs')
    // The record names jobs by their id, so SQLite must not give the id of a finished job to another one.
    .addColumn('id', engine === 'sqlite' ? 'integer' : 'bigserial', (column) =>
      engine === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey(),
    );
  await texts(table, ['kind', 'payload', 'state'])
    .addColumn('key', 'text')
    .addColumn('run_at', time, (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', time, (column) => column.notNull())
    .addColumn('last_error', 'text')
    .addColumn('created_at', time, (column) => column.notNull())
    .execute();
  await sql`create unique index jobs_key on jobs (key) where state = 'waiting'`.execute(db);
  await sql`create index jobs_due on jobs (state, run_at)`.execute(db);
}

async function audit(db: Db): Promise<void> {
  await texts(
    db.schema
      .createTable('audit')
      .addColumn('seq', time, (column) => column.primaryKey())
      .addColumn('at', time, (column) => column.notNull()),
    ['kind', 'actor', 'item', 'reference', 'data', 'previous', 'hash'],
  ).execute();
  await sql`create index audit_item on audit (item)`.execute(db);
}

async function appendOnlySqlite(db: Db): Promise<void> {
  for (const change of ['update', 'delete']) {
    await sql`create trigger ${sql.raw(`audit_no_${change}`)} before ${sql.raw(change)} on audit
      begin select raise(abort, 'the record is append-only'); end`.execute(db);
  }
  // `insert or replace` deletes without calling the trigger above.
  await sql`create trigger audit_no_replace before insert on audit
    when exists (select 1 from audit where seq = new.seq)
    begin select raise(abort, 'the record is append-only'); end`.execute(db);
}

async function appendOnlyPostgres(db: Db): Promise<void> {
  await sql`create function audit_append_only() returns trigger language plpgsql as
    $$ begin raise exception 'the record is append-only'; end $$`.execute(db);
  await sql`create trigger audit_no_change before update or delete on audit
    for each row execute function audit_append_only()`.execute(db);
  await sql`create trigger audit_no_truncate before truncate on audit
    for each statement execute function audit_append_only()`.execute(db);
}

function texts<Name extends string>(
  table: CreateTableBuilder<Name, string>,
  names: readonly string[],
): CreateTableBuilder<Name, string> {
  return names.reduce((built, name) => built.addColumn(name, 'text', (column) => column.notNull()), table);
}
