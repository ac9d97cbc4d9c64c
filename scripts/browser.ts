import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];

export function chromiumPath(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  return given ? [given].find(existsSync) : usual.find(existsSync);
}

/** Says aloud why nothing was looked at: a silent skip would pass for a tested page. */
export function sayNoChromium(): void {
  console.log('skipped: no Chromium found; set CHROMIUM_PATH to look at the pages in a browser');
}

export function launchChromium(executablePath: string): Promise<Browser> {
  // Quiet switches: the browser itself must not call anywhere while the tests run.
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', ...quiet],
  });
}

/** Collects what the browser complains about: errors of scripts, and whatever the content security policy stopped. */
export function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (said) => {
    if (said.type() === 'error') complaints.push(said.text());
  });
}

/** A card asks for its reader's own view as soon as it is drawn: what is typed before would be gone. */
export async function ownView(page: Page, person: string): Promise<void> {
  await page.waitForResponse(async (answer) => {
    if (!answer.url().endsWith(`/people/${person}/timeline`)) return false;
    const text = await answer.text();
    return text.includes('"AdaptiveCard"') && !text.includes('"refresh"');
  });
  await page.evaluate('new Promise(requestAnimationFrame)');
}
