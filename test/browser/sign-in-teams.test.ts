import assert from 'node:assert/strict';
import type { BrowserContext, Page, Route } from 'playwright-core';
import { listen } from '../../scripts/browser.js';
import { identityError } from '../../src/identity/errors.js';
import { openEdge } from '../bot/edge-stage.js';
import { inBrowser } from './in-browser.js';
import { isAboutOrigins, phoneHost, teamsAddress, type WindowHost, windowHost } from './window-host.js';

const bot = 'https://bot.example';
const elsewhere = 'https://elsewhere.example';

describe('the last page of the sign-in window, and who opened it', () => {
  const opened = inBrowser(openEdge);
  let context: BrowserContext;
  let asked: string[] = [];
  let complaints: string[] = [];

  beforeEach(async () => {
    [asked, complaints] = [[], []];
    context = await opened.browser.newContext();
    context.setDefaultTimeout(5_000);
    context.on('request', (request) => asked.push(request.url()));
    context.on('page', (page) => listen(page, complaints));
    await context.route('**', (route) => route.abort());
    await context.route(`${bot}/**`, fromStage);
  });
  afterEach(() => context.close());

  /** Under the name that the bot has for browsers, and nothing leaves this machine. */
  async function fromStage(route: Route): Promise<void> {
    const { pathname, search } = new URL(route.request().url());
    const answer = await fetch(`${opened.stage.url}${pathname}${search}`);
    const headers = Object.fromEntries(answer.headers);
    await route.fulfill({ status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()) });
  }

  /** Where Entra would lead the window of a person who has just pressed. */
  async function backFromEntra(answer: Record<string, string> = { code: 'the-code' }): Promise<string> {
    opened.stage.house.answers(() => {
      throw identityError('identity.consent-needed');
    });
    const { json } = await opened.stage.post(opened.stage.press());
    opened.stage.house.answers(() => ({ kind: 'notice', text: 'Done.' }));
    const link = new URL(json.value.buttons[0].value);
    const start = await fetch(`${opened.stage.url}${link.pathname}${link.search}`, { redirect: 'manual' });
    const state = new URL(start.headers.get('location') ?? '').searchParams.get('state') ?? '';
    return `${bot}/sign-in/done?${new URLSearchParams({ ...answer, state })}`;
  }
  const windowOf = async (host: WindowHost, address: string): Promise<Page> => {
    const popup = context.waitForEvent('page');
    await host.open(address);
    return popup;
  };
  const unexpected = (): readonly string[] => complaints.filter((text) => !isAboutOrigins(text));
  complaints.filter((text) => !text.includes('validDomains.json'));

  it('is Teams: its library takes the value to it, closes the window, and the press goes on', async () => {
    const host = await windowHost(context, teamsAddress, { answersAfter: 0 });
    const popup = await windowOf(host, await backFromEntra());
    await popup.waitForEvent('close');
    const heard = await host.heard();
    assert.deepEqual(
      heard.map(({ origin, func }) => [origin, func]),
      [
        [bot, 'initialize'],
        [bot, 'authentication.authenticate.success'],
      ],
      'and no plain message',
    );
    const [state] = heard[1]?.args ?? [];
    const { json } = await opened.stage.post(opened.stage.press({ state }));
    assert.equal(json.value, 'Done.');
    assert.equal(opened.stage.userTokens.redeemed.at(-1)?.window.code, 'the-code');
    assert.ok(!JSON.stringify(heard).includes('the-code'));
    assert.deepEqual(unexpected(), []);
  });

  it('loads its one script from the bot, and nothing from anywhere else', async () => {
    const host = await windowHost(context, teamsAddress, { answersAfter: 0 });
    const address = await backFromEntra();
    const popup = await windowOf(host, address);
    await popup.waitForEvent('close');
    const [, page, script, ...more] = asked.filter((url) => !url.endsWith('/favicon.ico'));
    assert.equal(page, address);
    assert.match(script ?? '', /^https:\/\/bot\.example\/sign-in\/teams\.js\?v=[0-9a-f]{16}$/);
    assert.deepEqual(more, []);
    assert.ok(complaints.some(isAboutOrigins), 'the policy of the page stopped the library');
  });

  it('is Teams, and the person did not agree: Teams is told, without a value', async () => {
    const host = await windowHost(context, teamsAddress, { answersAfter: 0 });
    const popup = await windowOf(host, await backFromEntra({ error: 'access_denied' }));
    await popup.waitForEvent('close');
    const [, failure, ...more] = await host.heard();
    assert.equal(failure?.func, 'authentication.authenticate.failure');
    assert.deepEqual(failure?.args, ['not-signed-in']);
    assert.deepEqual(more, []);
  });

  it('is Teams on a slow day: it is told all the same', async () => {
    const host = await windowHost(context, teamsAddress, { answersAfter: 1_500 });
    const popup = await windowOf(host, await backFromEntra());
    await popup.waitForEvent('close');
    const said = (await host.heard()).map(({ func, kind }) => func ?? kind);
    assert.deepEqual(said, ['initialize', 'signed-in', 'authentication.authenticate.success']);
  });

  it('is Teams on a phone, which has no window that opened it', async () => {
    const { heard } = await phoneHost(context);
    const page = await context.newPage();
    await page.goto(await backFromEntra());
    const [hello, success] = await heard;
    assert.deepEqual([hello?.func, success?.func], ['initialize', 'authentication.authenticate.success']);
    const { json } = await opened.stage.post(opened.stage.press({ state: success?.args?.[0] }));
    assert.equal(json.value, 'Done.');
  });

  it('is another page that speaks like Teams: the library does not believe it', async () => {
    const host = await windowHost(context, `${elsewhere}/`, { answersAfter: 0 });
    const popup = await windowOf(host, await backFromEntra());
    await host.hears('signed-in');
    assert.deepEqual(
      (await host.heard()).map(({ func, kind }) => func ?? kind),
      ['initialize', 'signed-in'],
    );
    assert.equal(popup.isClosed(), false);
  });

  it('is nobody: the page says what to do', async () => {
    const page = await context.newPage();
    await page.goto(await backFromEntra());
    await page.getByText('You can close this window now').waitFor();
    await page.waitForTimeout(1_200);
    assert.equal(page.isClosed(), false);
    assert.deepEqual(unexpected(), []);
  });

  it('goes on without the library too', async () => {
    await context.route('**/sign-in/teams.js*', (route) => route.abort());
    const host = await windowHost(context, `${elsewhere}/`, { answersAfter: 0 });
    await windowOf(host, await backFromEntra());
    await host.hears('signed-in');
    assert.equal((await host.heard()).length, 1);
  });
});
