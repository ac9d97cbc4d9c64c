import assert from 'node:assert/strict';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { personByKey } from '../../practice/world/people.js';
import { loginRequest, newCard, toast } from '../support/invoke-answers.js';
import { buttonCard, cardWith, execute, formCard, reasonInput } from '../support/plain-cards.js';
import { openPracticeStage } from '../support/practice-stage.js';
import { inBrowser } from './in-browser.js';

const nameOf = (key: string): string => personByKey(key)?.displayName ?? '';

describe('the practice room', () => {
  let context: BrowserContext;
  let room: Page;
  const opened = inBrowser(openPracticeStage, async ({ browser }) => {
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    room = await open('panel=off');
  });
  afterEach(async () => {
    const others = context?.pages().filter((page) => page !== room) ?? [];
    await Promise.all(others.map((page) => page.close()));
    // A page in the background is slowed down by the browser.
    if (others.length > 0) await room.bringToFront();
  });

  async function open(query: string): Promise<Page> {
    return opened.open(`${opened.stage.practice.url}/?${query}`, await context.newPage());
  }
  /** The page that stays open, with the chat of this person. */
  async function as(key: string): Promise<Page> {
    await room.getByRole('button', { name: nameOf(key) }).click();
    await compose(room, key).waitFor();
    return room;
  }
  const compose = (page: Page, key: string): Locator =>
    page.getByRole('textbox', { name: `Message to Latchkey as ${nameOf(key)}` });
  const chat = (page: Page, key: string): Locator =>
    page.getByRole('region', { name: nameOf(key), exact: true });
  const colour = (page: Page): Promise<unknown> =>
    page.evaluate('getComputedStyle(document.body).backgroundColor');

  it('shows what was said before it was opened', async () => {
    await opened.stage.post('/people/engineer/messages', { text: 'before the page' });
    const page = await open('as=engineer');
    await page.getByRole('article').getByText('You said: before the page').waitFor();
    assert.equal(await page.getByRole('article').count(), 2);
  });

  it('shows a new message at once, and counts those for people whose chat is closed', async () => {
    const page = await as('manager');
    await opened.stage.sendCard('manager', cardWith('For the manager'));
    await opened.stage.sendCard('security', cardWith('For security'));
    await page.getByRole('article').getByText('For the manager').waitFor();
    await page
      .getByRole('button', { name: nameOf('security') })
      .getByText('1')
      .waitFor();

    await page.getByRole('button', { name: nameOf('security') }).click();
    await page.getByRole('article').getByText('For security').waitFor();
  });

  it('sends with the keyboard alone: Enter sends, Shift+Enter begins a line', async () => {
    const page = await as('finance');
    await compose(page, 'finance').focus();
    await page.keyboard.type('one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('two');
    await page.keyboard.press('Enter');
    await page.getByText('You said: one').waitFor();
    assert.equal(opened.stage.bot.received.at(-1)?.text, 'one\ntwo');
    assert.equal(await compose(page, 'finance').inputValue(), '');
  });

  it('offers a newcomer something to say', async () => {
    const page = await as('starter');
    await page.getByRole('button', { name: 'I need the research assistant' }).click();
    await page.getByText('You said: I need the research assistant').waitFor();
  });

  it('keeps a form back until it is complete, then sends the inputs with the data of the button', async () => {
    opened.stage.bot.onInvoke(() => newCard(cardWith('Asked')));
    await opened.stage.sendCard('engineer', formCard('ask', { ref: 'r1' }));
    const page = await as('engineer');
    const card = page.getByRole('article').last();
    await card.getByRole('button', { name: 'ask' }).click();
    await card.getByText('Please say why.').waitFor();
    assert.equal(opened.stage.bot.seen('ask').length, 0);

    await card.getByRole('textbox', { name: 'Why' }).fill('for work');
    await card.getByRole('button', { name: 'ask' }).click();
    await card.getByText('Asked').waitFor();
    assert.deepEqual(opened.stage.bot.seen('ask')[0]?.data, { ref: 'r1', reason: 'for work' });
  });

  it('keeps what somebody is typing into a card while other messages arrive', async () => {
    await opened.stage.sendCard('guest', formCard('ask'));
    const page = await as('guest');
    await page.getByRole('textbox', { name: 'Why' }).fill('half a sent');
    await opened.stage.sendCard('guest', cardWith('Something else'));
    await page.getByText('Something else').waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Why' }).inputValue(), 'half a sent');
  });

  it('shows that a press is under way, then the toast or the error below the card', async () => {
    let answer = (_: unknown): void => {};
    const held = new Promise((resolve) => {
      answer = resolve;
    });
    opened.stage.bot.onInvoke(() => held);
    await opened.stage.sendCard('helpdesk', buttonCard('wait'));
    const page = await as('helpdesk');
    const message = page.getByRole('article').last();
    await message.getByRole('button', { name: 'wait' }).click();
    await page.locator('article[aria-busy=true]').waitFor();
    answer(toast('It is done.'));
    await message.getByText('It is done.').waitFor();
    await page.locator('article[aria-busy=true]').waitFor({ state: 'detached' });

    const refusal = { code: 'no', message: 'It was decided already.' };
    opened.stage.bot.onInvoke(() => ({
      statusCode: 400,
      type: 'application/vnd.microsoft.error',
      value: refusal,
    }));
    await message.getByRole('button', { name: 'wait' }).click();
    await message.getByRole('alert').getByText('It was decided already.').waitFor();
  });

  it('asks for a sign-in where the bot does, and goes on afterwards', async () => {
    const url = `${opened.stage.practice.url}/latchkey.svg`;
    opened.stage.bot.onInvoke(({ ssoToken }) =>
      ssoToken ? newCard(cardWith('Signed in')) : loginRequest({ url }),
    );
    await opened.stage.sendCard('appowner', buttonCard('protected'));
    const page = await as('appowner');
    const message = page.getByRole('article').last();
    await message.getByRole('button', { name: 'protected' }).click();
    const popup = page.waitForEvent('popup');
    await message.getByRole('button', { name: 'Sign in' }).click();
    assert.equal((await popup).url(), url);
    await message.getByRole('button', { name: 'Continue' }).waitFor();
    await (await popup).close();
    await message.getByText('Signed in').waitFor();
  });

  it('runs nothing that a text or a card brings along', async () => {
    const evil =
      '<img src=x onerror="document.title=1"> [press](javascript:document.title=1) ![see](http://evil.example/x)';
    await opened.stage.sendCard('security', cardWith(evil));
    await opened.stage.bot.connector('POST', '/a:1-security/activities', { type: 'message', text: evil });
    const page = await as('security');
    await page.getByText('<img src=x').nth(1).waitFor();
    assert.equal(
      await page.getByRole('feed').locator('article :is(img:not(.avatar), a[href^="javascript"])').count(),
      0,
    );
    assert.equal(await page.title(), 'Latchkey practice room');
  });

  it('shows four people side by side', async () => {
    const page = await open('view=4');
    for (const key of ['engineer', 'manager', 'security', 'helpdesk']) await chat(page, key).waitFor();
    await page.getByRole('button', { name: 'Show four people side by side' }).click();
    await chat(page, 'manager').waitFor({ state: 'detached' });
    await chat(page, 'engineer').waitFor();
  });

  it('is dark or light as the system is, or as it is told', async () => {
    const page = await open('as=engineer');
    await compose(page, 'engineer').waitFor();
    const shown = (theme: string) => page.locator(`html[data-theme=${theme}]`).waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await shown('dark');
    const dark = await colour(page);
    await page.emulateMedia({ colorScheme: 'light' });
    await shown('light');
    const light = await colour(page);
    assert.notEqual(light, dark);

    await page.getByRole('button', { name: 'Dark theme' }).click();
    assert.equal(await colour(page), dark);
    assert.match(page.url(), /theme=dark/);
  });

  it('fits a phone without scrolling sideways', async () => {
    const wide = { type: 'TextBlock', text: 'w'.repeat(300), wrap: true };
    const buttons = ['Approve', 'Deny', 'Open in My Access'].map((title) => ({ ...execute('x'), title }));
    await opened.stage.sendCard('manager', cardWith('Wide', { body: [wide, reasonInput], actions: buttons }));
    const page = await as('manager');
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole('button', { name: 'Open in My Access' }).waitFor();
    const [inner, outer] = await page.evaluate<[number, number]>(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    );
    assert.ok(inner <= outer, `${inner} px do not fit into ${outer} px`);
    await compose(page, 'manager').waitFor();
  });

  it('moves the practice clock, and starts a new world', async () => {
    const page = await as('engineer');
    await page.getByRole('button', { name: '+1 day' }).click();
    await page.getByText(/1 day .*ahead/).waitFor();
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('button', { name: 'Start anew' }).click();
    await page.getByRole('article').first().waitFor({ state: 'detached' });
    await opened.stage.bot.until(() =>
      opened.stage.bot.received.some(({ type }) => type === 'installationUpdate'),
    );
    assert.deepEqual(await opened.stage.timeline('engineer'), []);
  });

  it('did all this without a complaint of the browser', () => {
    assert.deepEqual(opened.complaints, []);
  });
});
