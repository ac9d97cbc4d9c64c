import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { personByKey } from '../../practice/world/people.js';
import { listen } from '../../scripts/browser.js';
import { openPracticeEdge } from '../bot/practice-edge.js';
import { inBrowser } from './in-browser.js';
import { isAboutOrigins } from './window-host.js';

describe('the sign-in window in a browser', () => {
  const opened = inBrowser(openPracticeEdge);

  async function accept(page: Page): Promise<void> {
    const popping = page.waitForEvent('popup');
    await page.getByRole('article').last().getByRole('button', { name: 'Sign in' }).click();
    const popup = await popping;
    listen(popup, opened.complaints);
    await popup.getByText(`You are signed in as ${personByKey('engineer')?.displayName}`).waitFor();
    const closed = popup.waitForEvent('close');
    await popup.getByRole('button', { name: 'Accept' }).click();
    await closed;
  }

  it('hands over what it got, closes, and the press goes on by itself, as strong as it was asked to be', async () => {
    await opened.stage.remote('/people/engineer/sso', { silent: false });
    await opened.stage.remote('/people/engineer/step-up', { require: 'c1' });
    await opened.stage.ask('engineer');
    const page = await opened.open(`${opened.stage.practice.url}/?as=engineer&panel=off`);
    const message = page.getByRole('article').last();
    await message.getByRole('button', { name: 'Continue' }).click();
    await accept(page);
    await message.getByText('Your organisation asks for a stronger sign-in').waitFor();
    await accept(page);
    await message.getByText('Here you are').waitFor();
    assert.deepEqual(
      opened.complaints.filter((text) => !isAboutOrigins(text)),
      [],
    );
  });
});
