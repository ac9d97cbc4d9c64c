import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Postgres } from './find-postgres.js';
import { freePort } from './free-port.js';
import { tempFolder } from './temp-folder.js';
import { until } from './until.js';

export interface Cluster {
  readonly url: string;
  /** It lives on after the tests, so what they made in it must be removed. */
  readonly lasting: boolean;
  stop(): Promise<void>;
}

interface User {
  readonly uid?: number;
  readonly gid?: number;
}

const run = promisify(execFile);

/** A server of our own in a temporary folder, on a free port of the loopback, without a password: it lives for one file. */
export async function startCluster(postgres: Postgres): Promise<Cluster> {
  if (postgres.kind === 'running') {
    return { url: postgres.url, lasting: true, stop: async () => undefined };
  }
  const user = await serverUser();
  const folder = tempFolder();
  const data = path.join(folder.path, 'data');
  mkdirSync(data);
  for (const each of [folder.path, data]) chownTo(each, user);
  try {
    const initdb = path.join(postgres.folder, 'initdb');
    const options = ['--no-sync', '--auth=trust', '--username=latchkey', '--locale=C', '--encoding=UTF8'];
    await run(initdb, ['--pgdata', data, ...options], { ...user, cwd: folder.path });
    const { port, server } = await startServer(postgres.folder, data, user);
    return {
      url: `postgres://latchkey@127.0.0.1:${port}/postgres`,
      lasting: false,
      stop: async () => {
        await end(server);
        folder.remove();
      },
    };
  } catch (error) {
    folder.remove();
    throw error;
  }
}

/** PostgreSQL refuses to run as root; in a container everybody is. */
async function serverUser(): Promise<User> {
  if (process.getuid?.() !== 0) return {};
  const idOf = async (flag: string, name: string): Promise<number> =>
    Number((await run('id', [flag, name])).stdout);
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: await idOf('-u', name), gid: await idOf('-g', name) };
    } catch {
      // There is no such user here: the next one.
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody');
}

function chownTo(folder: string, { uid, gid }: User): void {
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
}

async function startServer(programs: string, data: string, user: User) {
  const port = await freePort();
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    // What is lost in a power cut is no loss here.
    'fsync=off',
    'max_connections=120',
  ].flatMap((setting) => ['-c', setting]);
  const server = spawn(path.join(programs, 'postgres'), ['-D', data, ...settings], {
    ...user,
    cwd: data,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  server.stderr.on('data', (text) => {
    said += String(text);
  });
  process.once('exit', () => server.kill('SIGQUIT'));
  await until('PostgreSQL to be ready', async () => {
    if (server.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${said}`);
    return answers(port);
  });
  return { port, server };
}

async function answers(port: number): Promise<boolean> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'latchkey', database: 'postgres' });
  client.on('error', () => undefined);
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGQUIT');
  await once(server, 'exit');
}
