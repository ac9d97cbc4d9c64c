import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.js';

const bigint = 20;

/** Several instances may share it: rows are locked by the statements, and nothing is kept in memory between them. */
export function openPostgres(url: string, onLost: (error: Error) => void): Kysely<Schema> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 30_000,
    types: {
      getTypeParser: (oid, format) => (oid === bigint ? Number : pg.types.getTypeParser(oid, format)),
    },
  });
  // A connection that breaks while no statement waits, idle or in the middle of a transaction, is thrown at the
  // process otherwise. The pool opens another one by itself; more than the first complaint tells nothing new.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.once('error', onLost);
    client.on('error', () => undefined);
  });
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}
