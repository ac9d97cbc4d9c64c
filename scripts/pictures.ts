import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { startBot } from '../bot/main.js';
import { startPractice } from '../practice/practice.js';
import { projectRoot } from '../src/base/project-root.js';
import { chromiumPath, launchChromium } from './browser.js';
import { followPracticeClock } from './practice-clock.js';
import { practiceEnvironment } from './practice-environment.js';

/** `npm run pictures`: plays the story of the README in the room and photographs it for docs/pictures. */
const folder = path.join(projectRoot(), 'docs/pictures');
const reason = 'Summaries of the supplier contracts for project Nord, until the end of the quarter.';
const words = 'Good luck with Nord. Restricted documents need the elevated package.';

const executable = chromiumPath();
if (executable === undefined) throw new Error('No Chromium found: install it, or set CHROMIUM_PATH.');
mkdirSync(folder, { recursive: true });
const browser = await launchChromium(executable);
try {
  for (const theme of ['light', 'dark'] as const) await playAndPhotograph(browser, theme);
} finally {
  await browser.close();
}
process.exit(0);

async function playAndPhotograph(browser: Browser, theme: 'light' | 'dark'): Promise<void> {
  const stage = await openStage();
  const page = await browser.newPage({ viewport: { width: 1500, height: 940 }, deviceScaleFactor: 1.5 });
  await page.goto(`${stage.url}/?people=engineer,manager&panel=on&theme=${theme}`);
  const save = (shown: Locator, name: string): Promise<unknown> =>
    shown.screenshot({ path: path.join(folder, `${name}-${theme}.png`) });

  const [engineer, manager] = [pane(page, 'Ayumi Fernqvist'), pane(page, 'Olumide Castellane')];
  const compose = page.getByLabel('Message to Latchkey as Ayumi Fernqvist');
  await compose.fill('I need the research assistant');
  await compose.press('Enter');
  const form = engineer.getByRole('article').filter({ hasText: 'AI research assistant - standard' }).last();
  await form.getByRole('textbox').fill(reason);
  await save(form, 'ask');
  await form.getByRole('button', { name: 'Ask for access' }).click();

  const request = manager.getByRole('article').filter({ hasText: 'Ayumi Fernqvist' }).last();
  await request.getByRole('textbox').fill(words);
  await save(request, 'decide');
  await request.getByRole('button', { name: 'Approve' }).click();

  await form.getByText(words).waitFor();
  await form
    .getByText(/You have it|ready/i)
    .first()
    .waitFor();
  await save(form, 'status');
  await save(request, 'decided');
  await page.screenshot({ path: path.join(folder, `room-${theme}.png`) });
  await page.close();
  await stage.close();
}

/** One person's half of the window. */
function pane(page: Page, name: string): Locator {
  return page.getByRole('region', { name: new RegExp(name) });
}

async function openStage() {
  const data = mkdtempSync(path.join(tmpdir(), 'latchkey-pictures-'));
  const botPort = 3988;
  const practice = await startPractice({ port: 0, botUrl: `http://127.0.0.1:${botPort}`, dataDir: data });
  const clock = await followPracticeClock(practice.url);
  const bot = await startBot(practiceEnvironment({ practiceUrl: practice.url, botPort, data }), { clock });
  await practice.announce();
  return {
    url: practice.url,
    close: async () => {
      clock.close();
      await bot.close();
      await practice.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
