import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startPractice } from '../practice/practice.js';
import { projectRoot } from '../src/base/project-root.js';
import { leanNode } from './lean.js';
import { practiceEnvironment } from './practice-environment.js';

/** `npm start`: the practice tenant in this process, the bot in one of its own, so that it can be killed alone. */
async function main(): Promise<void> {
  if (process.env.NODE_ENV === 'production') {
    throw new Error('npm start is practice mode. In production start the bot with: npm run serve');
  }
  const data = path.resolve(process.env.LATCHKEY_DATA ?? path.join(projectRoot(), 'data'));
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const botPort = Number(process.env.LATCHKEY_PORT ?? 3978);
  const botUrl = `http://127.0.0.1:${botPort}`;
  const practice = await startPractice({
    port: Number(process.env.PRACTICE_PORT ?? 3979),
    botUrl,
    dataDir: data,
    ...(process.env.PRACTICE_CONNECTOR_URL ? { connectorUrl: process.env.PRACTICE_CONNECTOR_URL } : {}),
  });
  const environment = {
    ...process.env,
    ...practiceEnvironment({ practiceUrl: practice.url, botPort, data }),
    PRACTICE_URL: practice.url,
  };
  keepRunning(environment, () => practice.close());
  await until(botUrl);
  await practice.announce();
  console.log(`ready  room ${practice.url}/  bot ${botUrl}  remote control ${practice.url}/practice`);
}

async function until(botUrl: string): Promise<void> {
  const answers = () =>
    fetch(`${botUrl}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
  while (!(await answers())) await sleep(50);
}

/** A killed bot is started again, as a host would do; one that ends by itself has said why, and ends all. */
function keepRunning(environment: NodeJS.ProcessEnv, closePractice: () => Promise<void>): void {
  const entry = fileURLToPath(new URL('./practice-bot.js', import.meta.url));
  let ending = false;
  let bot: ChildProcess;
  const start = (): void => {
    // A laptop has better uses for memory than what the collector would keep for speed.
    bot = spawn(process.execPath, [...leanNode, entry], { env: environment, stdio: 'inherit' });
    bot.once('exit', (code, signal) => {
      if (ending) return;
      if (signal === null) return void closePractice().then(() => process.exit(code ?? 1));
      console.log(`the bot was ended by ${signal}; starting it again`);
      start();
    });
  };
  start();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      ending = true;
      bot.once('exit', () => void closePractice().then(() => process.exit(0)));
      bot.kill('SIGTERM');
    });
  }
}

await main();
