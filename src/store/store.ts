import type { Kysely, Transaction } from 'kysely';
import type { Schema } from './schema.js';

/** Inside a write: every change made with it commits together or not at all. */
export type Tx = Transaction<Schema>;

export interface Store {
  readonly engine: 'sqlite' | 'postgres';
  /** For reading outside a transaction. */
  readonly db: Kysely<Schema>;
  /** SQLite: `begin immediate`. PostgreSQL: read committed, rows are locked by the statements themselves. */
  write<T>(change: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
