import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { withCard } from '../support/invoke-answers.js';
import { cardWith } from '../support/plain-cards.js';
import { openPracticeStage } from '../support/practice-stage.js';
import { inBrowser } from './in-browser.js';

describe('a channel in the practice room', () => {
  const opened = inBrowser(openPracticeStage);

  const open = (query: string): Promise<Page> => opened.open(`${opened.stage.practice.url}/?${query}`);
  const tell = async (title: string): Promise<void> => {
    const channelData = { channel: { id: '19:securityroom@thread.tacv2' } };
    const activity = withCard(cardWith(title));
    const answer = await opened.stage.bot.connector('POST', '', { isGroup: true, channelData, activity });
    assert.equal(answer.status, 201);
  };

  it('is counted while nobody looks, shows a post at once, and is to be read only', async () => {
    const page = await open('as=engineer&panel=off');
    const entry = page.getByRole('button', { name: 'Security channel' });
    await entry.waitFor();
    await tell('A key was used');
    await entry.getByText('1').waitFor();
    await entry.click();
    const pane = page.getByRole('region', { name: 'Security channel' });
    await pane.getByRole('article').getByText('A key was used').waitFor();
    await tell('Another key was used');
    await pane.getByRole('article').getByText('Another key was used').waitFor();
    assert.equal(await pane.getByRole('textbox').count(), 0);
    assert.equal(await entry.getByText('1').count(), 0);
  });

  it('can be named in the address', async () => {
    const page = await open('as=channel-security&panel=off');
    await page.getByRole('article').getByText('Another key was used').waitFor();
    assert.deepEqual(opened.complaints, []);
  });
});
