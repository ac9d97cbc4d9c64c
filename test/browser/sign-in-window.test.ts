import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { personByKey } from '../../practice/world/people.js';
import { chromiumPath, launchChromium, listen, sayNoChromium } from '../../scripts/browser.js';
import { openPracticeEdge, type PracticeEdge } from '../bot/practice-edge.js';
import { isAboutOrigins } from './window-host.js';

describe('the sign-in window in a browser', function () {
  this.timeout(20_000);
  let stage: PracticeEdge;
  let browser: Browser;
  const complaints: string[] = [];

  before(async function () {
    const path = chromiumPath();
    if (!path) {
      sayNoChromium();
      this.skip();
    }
    [stage, browser] = await Promise.all([openPracticeEdge(), launchChromium(path)]);
  });
  after(async () => {
    await browser?.close();
    await stage?.close();
  });

  async function accept(page: Page): Promise<void> {
    const opened = page.waitForEvent('popup');
    await page.getByRole('article').last().getByRole('button', { name: 'Sign in' }).click();
    const popup = await opened;
    listen(popup, complaints);
    await popup.getByText(`You are signed in as ${personByKey('engineer')?.displayName}`).waitFor();
    const closed = popup.waitForEvent('close');
    await popup.getByRole('button', { name: 'Accept' }).click();
    await closed;
  }

  it('hands over what it got, closes, and the press goes on by itself, as strong as it was asked to be', async () => {
    await stage.remote('/people/engineer/sso', { silent: false });
    await stage.remote('/people/engineer/step-up', { require: 'c1' });
    await stage.ask('engineer');
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(5_000);
    listen(page, complaints);
    await page.goto(`${stage.practice.url}/?as=engineer&panel=off`);
    const message = page.getByRole('article').last();
    await message.getByRole('button', { name: 'Continue' }).click();
    await accept(page);
    await message.getByText('Your organisation asks for a stronger sign-in').waitFor();
    await accept(page);
    await message.getByText('Here you are').waitFor();
    assert.deepEqual(
      complaints.filter((text) => !isAboutOrigins(text)),
      [],
    );
  });
});
