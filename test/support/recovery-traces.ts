import { inspect } from 'node:util';
import type { Store } from '../../src/store/store.js';
import type { RemoteControl } from './remote-control.js';

const tables = [
  'cards',
  'claims',
  'audit',
  'jobs',
  'conversations',
  'recovery_cases',
  'method_changes',
  'marks',
] as const;

/** Everything that is kept of a recovery: all tables of the store, and what the practice tenant shows of itself. */
export async function tracesOf(store: Store, remote: RemoteControl): Promise<string> {
  const rows = await Promise.all(tables.map((table) => store.db.selectFrom(table).selectAll().execute()));
  const pages = await Promise.all(
    ['/requests', '/entra', '/recovery', '/channels/security/timeline'].map((page) =>
      remote.get<unknown>(page),
    ),
  );
  return [JSON.stringify(rows), JSON.stringify(pages), inspect(rows, { depth: 9 })].join('\n');
}

/** What these people can read in their chats once their clients have looked again. */
export async function chatsOf(remote: RemoteControl, people: readonly string[]): Promise<string> {
  const chats: unknown[] = [];
  for (const person of people) {
    await remote.post(`/people/${person}/open`, {});
    chats.push(await remote.get(`/people/${person}/timeline?settled=true`));
  }
  return JSON.stringify(chats);
}

/** The ways in which a code can be written down, spelled out for reading included. */
export function formsOf(code: string): readonly string[] {
  const bytes = Buffer.from(code);
  return [
    code,
    JSON.stringify(code).slice(1, -1),
    encodeURIComponent(code),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    [...code].join(' '),
    [...code].join(', '),
    [...code].reverse().join(''),
  ];
}
