import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromiumPath, launchChromium } from '../browser.js';

/** A picture of every card of the gallery page, one file each. */
export async function photograph(page: string, folder: string, only: string): Promise<number> {
  const chromium = chromiumPath();
  if (chromium === undefined) throw new Error('No Chromium found: CHROMIUM_PATH says where it is');
  mkdirSync(folder, { recursive: true });
  const browser = await launchChromium(chromium);
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
