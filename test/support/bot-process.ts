import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type PracticePlaces, practiceEnvironment } from '../../scripts/practice-environment.js';
import { until } from './until.js';

export interface BotProcess {
  /** kill -9: no last words, no cleaning up. */
  kill(): Promise<void>;
}

const entry = fileURLToPath(new URL('../../scripts/practice-bot.js', import.meta.url));

/** The bot in a process of its own, as `npm start` runs it. */
export async function startBotProcess(
  places: PracticePlaces,
  more: Record<string, string> = {},
): Promise<BotProcess> {
  const env = { ...process.env, ...practiceEnvironment(places), PRACTICE_URL: places.practiceUrl, ...more };
  const bot: ChildProcess = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  await until('the bot to be ready', () => readyAt(places.botPort), 20_000);
  return {
    kill: async () => {
      if (bot.exitCode !== null || bot.signalCode !== null) return;
      bot.kill('SIGKILL');
      await once(bot, 'exit');
    },
  };
}

async function readyAt(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
  return answer?.ok === true;
}
