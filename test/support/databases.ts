import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { StoreOptions } from '../../src/store/open-store.js';
import { findPostgres } from './find-postgres.js';
import { type Cluster, startCluster } from './postgres-cluster.js';
import { tempFolder } from './temp-folder.js';

export interface Engine {
  readonly name: 'sqlite' | 'postgres';
  /** An empty database of its own; it is gone when the suite ends. */
  fresh(): Promise<StoreOptions>;
}

const postgres = findPostgres();
if (postgres === undefined) {
  console.log(
    'skipped: PostgreSQL tests, no server found (install postgresql or set LATCHKEY_TEST_DATABASE_URL)',
  );
}

/** The same cases on SQLite and, where a server is found, on PostgreSQL: one server for the whole file. */
export function onEachEngine(cases: (engine: Engine) => void): void {
  describe('on SQLite', () => onSqlite(cases));
  onPostgres(cases);
}

function onSqlite(cases: (engine: Engine) => void): void {
  const folders: { remove(): void }[] = [];
  after(() => {
    for (const folder of folders) folder.remove();
  });
  cases({
    name: 'sqlite',
    fresh: async () => {
      const folder = tempFolder();
      folders.push(folder);
      return { dataDir: folder.path };
    },
  });
}

function onPostgres(cases: (engine: Engine) => void): void {
  (postgres === undefined ? describe.skip : describe)('on PostgreSQL', () => {
    let cluster: Cluster | undefined;
    const names: string[] = [];
    before(async function () {
      this.timeout(60_000);
      if (postgres !== undefined) cluster = await startCluster(postgres);
    });
    after(async () => {
      if (cluster?.lasting === true) await drop(cluster.url, names);
      await cluster?.stop();
    });
    cases({
      name: 'postgres',
      fresh: async () => {
        if (cluster === undefined) throw new Error('PostgreSQL was not started');
        const name = `latchkey_test_${randomUUID().replaceAll('-', '')}`;
        await runOnServer(cluster.url, [`create database ${name}`]);
        names.push(name);
        const url = new URL(cluster.url);
        url.pathname = `/${name}`;
        return { dataDir: '', databaseUrl: url.href };
      },
    });
  });
}

function drop(url: string, names: readonly string[]): Promise<void> {
  return runOnServer(
    url,
    names.map((name) => `drop database if exists ${name} with (force)`),
  );
}

/** On a connection of its own. */
export async function runOnServer(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
