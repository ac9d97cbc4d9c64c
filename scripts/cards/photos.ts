import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

/** A picture of every card of the gallery page, one file each. */
export async function photograph(page: string, folder: string, only: string): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    const tab = await browser.newPage({
      viewport: { width: 2200, height: 1200 },
      timezoneId: 'Europe/Vienna',
    });
    await tab.goto(pathToFileURL(page).href);
    await tab.waitForSelector('body[data-drawn]');
    const frames = await tab.locator(only === '' ? '.frame' : `.frame[id*="${only}"]`).all();
    for (const frame of frames) {
      await frame.screenshot({ path: path.join(folder, `${await frame.getAttribute('id')}.png`) });
    }
    return frames.length;
  } finally {
    await browser.close();
  }
}
