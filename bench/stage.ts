import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startPractice } from '../practice/practice.js';
import { makeSigningKeys } from '../practice/sign-in/keys.js';
import { createTokens } from '../practice/sign-in/tokens.js';
import { practiceEnvironment } from '../scripts/practice-environment.js';

/** The practice tenant in this process, the bot in one of its own, as `npm start` has them. */
export async function openStage() {
  const data = mkdtempSync(path.join(tmpdir(), 'latchkey-bench-'));
  const botPort = await freePort();
  const botUrl = `http://127.0.0.1:${botPort}`;
  const keys = await makeSigningKeys();
  const practice = await startPractice({ port: 0, botUrl, dataDir: data, keys });
  const bot = child('../scripts/practice-bot.js', {
    ...practiceEnvironment({ practiceUrl: practice.url, botPort, data }),
    PRACTICE_URL: practice.url,
  });
  while (!(await isReady(botUrl))) await pause(20);
  await practice.announce();
  return {
    url: practice.url,
    botPort,
    botPid: bot.pid ?? 0,
    tokens: createTokens(keys),
    close: async () => {
      await ended(bot);
      await practice.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** What it logs goes to nowhere: a terminal that scrolls would be measured too. */
export function child(entry: string, env: Readonly<Record<string, string>>): ChildProcess {
  return fork(fileURLToPath(new URL(entry, import.meta.url)), {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

export async function ended(started: ChildProcess): Promise<void> {
  if (started.exitCode !== null || started.signalCode !== null) return;
  const exit = once(started, 'exit');
  started.kill('SIGTERM');
  await exit;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function isReady(botUrl: string): Promise<boolean> {
  return fetch(`${botUrl}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}
