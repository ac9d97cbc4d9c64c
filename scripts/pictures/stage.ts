import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { startBot } from '../../bot/main.js';
import { startPractice } from '../../practice/practice.js';
import { followPracticeClock } from '../practice-clock.js';
import { practiceEnvironment } from '../practice-environment.js';

/** One story, in one light. */
export interface Telling {
  readonly page: Page;
  readonly stage: Stage;
  readonly theme: 'light' | 'dark';
  /** `covered` is what nobody may read in the picture. */
  save(shown: Locator | Page, name: string, covered?: Locator): Promise<unknown>;
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** A new world with the bot in it. */
export async function openStage() {
  const data = mkdtempSync(path.join(tmpdir(), 'latchkey-pictures-'));
  const botPort = 3988;
  const practice = await startPractice({ port: 0, botUrl: `http://127.0.0.1:${botPort}`, dataDir: data });
  const clock = await followPracticeClock(practice.url);
  const bot = await startBot(practiceEnvironment({ practiceUrl: practice.url, botPort, data }), { clock });
  clock.onJump(() => void bot.clockMoved());
  await practice.announce();
  return {
    url: practice.url,
    tell: async (route: string, body: unknown): Promise<void> => {
      const headers = { 'content-type': 'application/json' };
      const order = { method: 'POST', headers, body: JSON.stringify(body) };
      const answer = await fetch(`${practice.url}/practice${route}`, order);
      if (!answer.ok) throw new Error(`${route}: ${answer.status} ${await answer.text()}`);
    },
    /** On the practice clock. */
    now: () => clock.now().toISOString(),
    close: async () => {
      clock.close();
      await bot.close();
      await practice.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** One person's half of the window. */
export function pane(page: Page, name: string): Locator {
  return page.getByRole('region', { name: new RegExp(name) });
}
