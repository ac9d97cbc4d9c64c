import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { personByKey } from '../../practice/world/people.js';
import { loginRequest, toast } from '../support/invoke-answers.js';
import { askForPromptLibrary } from '../support/on-behalf-of.js';
import { buttonCard } from '../support/plain-cards.js';
import { openPracticeStage } from '../support/practice-stage.js';
import { inBrowser } from './in-browser.js';

const engineer = personByKey('engineer')?.displayName ?? '';

describe('the calls to Graph in the practice room', () => {
  let page: Page;
  const opened = inBrowser(openPracticeStage, async ({ stage, open }) => {
    page = await open(`${stage.practice.url}/?as=engineer&panel=on`);
  });

  const calls = (): Locator => page.getByRole('list', { name: 'Graph calls' }).getByRole('listitem');
  const write = (): Locator => calls().filter({ hasText: 'POST' }).filter({ hasText: 'assignmentRequests' });

  it('each name the person whose token they carried', async () => {
    opened.stage.bot.onInvoke(async ({ ssoToken }) => {
      if (!ssoToken) return loginRequest({ id: 'exchange-1' });
      await askForPromptLibrary(opened.stage.practice.url, ssoToken);
      return toast('Asked');
    });
    const card = await opened.stage.sendCard('engineer', buttonCard('want'));
    await page.getByText('nothing written yet').waitFor();
    await opened.stage.press('engineer', card, 'want');
    await write().getByText(engineer).waitFor();
    await page.getByText('1 write, each with the token of the person who clicked').waitFor();
    await page
      .getByRole('group', { name: `Request of ${engineer}` })
      .getByText('Prompt library')
      .waitFor();
  });

  it('are dropped when they are many reads, but what was written stays in its place', async () => {
    const read = (path: string) => fetch(`${opened.stage.practice.url}/graph/v1.0/${path}`);
    for (let at = 0; at < 205; at++) await read(`users/${at}`);
    const shown = async (): Promise<void> => {
      await calls().first().getByText('users/204').waitFor();
      await page.getByText('the last 200 reads, 1 write').waitFor();
      assert.equal(await calls().count(), 201);
      await calls().last().and(write()).getByText(engineer).waitFor();
    };
    await shown();
    await page.reload();
    await shown();
    assert.deepEqual(opened.complaints, []);
  });
});
