import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import { personByKey } from '../../practice/world/people.js';
import { chromiumPath, launchChromium, listen, sayNoChromium } from '../../scripts/browser.js';
import { loginRequest, toast } from '../support/invoke-answers.js';
import { askForPromptLibrary } from '../support/on-behalf-of.js';
import { buttonCard } from '../support/plain-cards.js';
import { openPracticeStage, type PracticeStage } from '../support/practice-stage.js';

const engineer = personByKey('engineer')?.displayName ?? '';

describe('the calls to Graph in the practice room', function () {
  this.timeout(20_000);
  let stage: PracticeStage;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  before(async function () {
    const path = chromiumPath();
    if (!path) {
      sayNoChromium();
      this.skip();
    }
    [stage, browser] = await Promise.all([openPracticeStage(), launchChromium(path)]);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(5_000);
    listen(page, complaints);
    await page.goto(`${stage.practice.url}/?as=engineer&panel=on`);
  });
  after(async () => {
    await browser?.close();
    await stage?.close();
  });

  const calls = (): Locator => page.getByRole('list', { name: 'Graph calls' }).getByRole('listitem');
  const write = (): Locator => calls().filter({ hasText: 'POST' }).filter({ hasText: 'assignmentRequests' });

  it('each name the person whose token they carried', async () => {
    stage.bot.onInvoke(async ({ ssoToken }) => {
      if (!ssoToken) return loginRequest({ id: 'exchange-1' });
      await askForPromptLibrary(stage.practice.url, ssoToken);
      return toast('Asked');
    });
    const card = await stage.sendCard('engineer', buttonCard('want'));
    await page.getByText('nothing written yet').waitFor();
    await stage.press('engineer', card, 'want');
    await write().getByText(engineer).waitFor();
    await page.getByText('1 write, each with the token of the person who clicked').waitFor();
    await page
      .getByRole('group', { name: `Request of ${engineer}` })
      .getByText('Prompt library')
      .waitFor();
  });

  it('are dropped when they are many reads, but what was written stays in its place', async () => {
    const read = (path: string) => fetch(`${stage.practice.url}/graph/v1.0/${path}`);
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
    assert.deepEqual(complaints, []);
  });
});
