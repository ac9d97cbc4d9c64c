import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { exportRecord } from '../src/audit/export.js';
import { type Head, verifyRecord } from '../src/audit/verify.js';
import { isAppError } from '../src/base/errors.js';
import { openPostgres } from '../src/store/postgres.js';
import { openSqlite } from '../src/store/sqlite.js';
import type { Store } from '../src/store/store.js';
import { Mistake, runCommand } from './command.js';

/** `npm run audit -- verify | export`: needs nothing but the place of the database, and changes nothing in it. */

const usage = `npm run audit -- verify [--head <seq>:<hash>]
npm run audit -- export [--from <date>] [--to <date>] [--format jsonl|csv]

The database is in ./data, in LATCHKEY_DATA, or where LATCHKEY_DATABASE_URL points.`;

type Order =
  | { readonly kind: 'verify'; readonly head?: Head }
  | { readonly kind: 'export'; readonly format: 'jsonl' | 'csv'; readonly from?: Date; readonly to?: Date };

async function main(args: readonly string[]): Promise<number> {
  const order = readOrder(args);
  const store = openToRead(process.env);
  try {
    return order.kind === 'verify' ? await verify(store, order.head) : await writeOut(store, order);
  } finally {
    await store.close();
  }
}

function readOrder(args: readonly string[]): Order {
  const option = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { head: option, from: option, to: option, format: option },
  });
  const [command, ...more] = positionals;
  if (more.length > 0) throw new Mistake(`There is one word too many: ${more[0]}.`);
  const { head, from, to, format = 'jsonl' } = values;
  if (command === 'verify') {
    if (from ?? to ?? values.format) throw new Mistake('verify always looks at the whole record.');
    return { kind: 'verify', ...(head === undefined ? {} : { head: readHead(head) }) };
  }
  if (command !== 'export') throw new Mistake(`Say verify or export.\n\n${usage}`);
  if (head !== undefined) throw new Mistake('--head belongs to verify.');
  if (format !== 'jsonl' && format !== 'csv') throw new Mistake('--format is jsonl or csv.');
  return {
    kind: 'export',
    format,
    ...(from === undefined ? {} : { from: readDate('--from', from) }),
    ...(to === undefined ? {} : { to: readDate('--to', to) }),
  };
}

function readHead(text: string): Head {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined) {
    throw new Mistake('--head is <seq>:<hash>, as an earlier verify or export printed it.');
  }
  return { seq: Number(seq), hash };
}

function readDate(name: string, text: string): Date {
  const date = new Date(text);
  const iso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;
  if (!iso.test(text) || Number.isNaN(date.getTime())) {
    throw new Mistake(`${name} is a date such as 2026-01-31 or 2026-01-31T09:00:00Z.`);
  }
  return date;
}

/** Without migrating: a look at the record must not change the database, nor make one. */
function openToRead(env: NodeJS.ProcessEnv): Store {
  const url = env.LATCHKEY_DATABASE_URL?.trim() ?? '';
  const folder = env.LATCHKEY_DATA?.trim() || './data';
  if (url !== '' && !/^postgres(ql)?:\/\/\S+$/.test(url)) {
    throw new Mistake('LATCHKEY_DATABASE_URL is not a postgres:// address.');
  }
  if (url === '' && !existsSync(path.join(folder, 'latchkey.sqlite'))) {
    throw new Mistake(`There is no database in ${folder}. Set LATCHKEY_DATA or LATCHKEY_DATABASE_URL.`);
  }
  const db = url === '' ? openSqlite(folder) : openPostgres(url, () => undefined);
  return {
    engine: url === '' ? 'sqlite' : 'postgres',
    db,
    write: () => Promise.reject(new TypeError('Nothing is written here')),
    close: () => db.destroy(),
  };
}

async function verify(store: Store, known: Head | undefined): Promise<number> {
  const verdict = await verifyRecord(store, known);
  if (verdict.kind === 'broken') {
    console.error(`The record is broken at line ${verdict.seq}: ${verdict.why}.`);
    return 1;
  }
  const { seq, hash } = verdict.head;
  console.log(`The record is intact: ${verdict.lines} lines.\nhead ${seq}:${hash}`);
  return 0;
}

/** The head goes to stderr, so that a file made of the output holds lines only. */
async function writeOut(store: Store, order: Extract<Order, { kind: 'export' }>): Promise<number> {
  for await (const line of exportRecord(store, order)) {
    // A pipe that is slower than the database is waited for.
    if (!process.stdout.write(`${line}\n`))
      await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
  const head = await store.db
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  console.error(head === undefined ? 'The record is empty.' : `head ${head.seq}:${head.hash}`);
  return 0;
}

function explain(error: unknown): string {
  if (isAppError(error)) return `${error.says} ${error.next}`;
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  return `The record cannot be read${code}. Check LATCHKEY_DATA or LATCHKEY_DATABASE_URL, and that the bot has run once.`;
}

await runCommand({ main, usage, explain });
