import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPractice } from '../../practice/practice.js';
import { practiceEnvironment } from '../../scripts/practice-environment.js';
import { openStore } from '../../src/store/open-store.js';
import { freePort } from '../support/free-port.js';
import { readIn, refOf } from '../support/on-card.js';
import { codeIn, isPassCard, newPasskey } from '../support/recovery-card.js';
import { chatsOf, formsOf, tracesOf } from '../support/recovery-traces.js';
import { walkOf } from '../support/recovery-walk.js';
import { type InvokeAnswer, remoteControl } from '../support/remote-control.js';
import { tempFolder } from '../support/temp-folder.js';
import { until } from '../support/until.js';

const entry = fileURLToPath(new URL('../../scripts/practice-bot.js', import.meta.url));
const everybody = ['finance', 'manager', 'helpdesk', 'security', 'engineer', 'appowner'];
const note = 'She is in again with her new phone';

/** The practice tenant, and the bot in a process of its own of which every line is heard. */
async function openHeardBot() {
  const folder = tempFolder();
  const botPort = await freePort();
  const botUrl = `http://127.0.0.1:${botPort}`;
  const practice = await startPractice({ port: 0, botUrl, dataDir: folder.path });
  const places = { practiceUrl: practice.url, botPort, data: folder.path };
  const env = { ...process.env, ...practiceEnvironment(places), PRACTICE_URL: practice.url };
  const bot: ChildProcess = spawn(process.execPath, [entry], {
    env: { ...env, LATCHKEY_LOG: 'debug' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [bot.stdout, bot.stderr]) stream?.on('data', (part) => void lines.push(String(part)));
  await until('the bot', async () => (await fetch(`${botUrl}/readyz`).catch(() => undefined))?.ok, 20_000);
  await practice.announce();
  return {
    ...remoteControl(practice.url),
    folder: folder.path,
    heard: () => lines.join(''),
    metrics: async () => (await fetch(`${botUrl}/metrics`)).text(),
    close: async () => {
      bot.kill('SIGKILL');
      await once(bot, 'exit');
      await practice.close();
      folder.remove();
    },
  };
}

/** A code is in one answer, to one press. Everywhere else it would be found by somebody who looks. */
describe('the code of a pass, looked for everywhere', function () {
  this.timeout(60_000);
  let bot: Awaited<ReturnType<typeof openHeardBot>>;
  let walk: ReturnType<typeof walkOf>;
  const codes: string[] = [];
  before(async () => {
    bot = await openHeardBot();
    walk = walkOf(bot);
  });
  after(() => bot.close());

  const assertNowhere = async (...answers: readonly InvokeAnswer[]): Promise<void> => {
    const store = await openStore({ dataDir: bot.folder });
    const kept = await tracesOf(store, bot);
    await store.close();
    const files = readdirSync(bot.folder, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => readFileSync(path.join(file.parentPath, file.name), 'latin1'));
    const places = {
      ...{ store: kept, chats: await chatsOf(bot, everybody), log: bot.heard() },
      ...{ metrics: await bot.metrics(), answers: JSON.stringify(answers), files: files.join('\n') },
    };
    assert.ok(places.files.includes('recoveryCase:'), 'the files are the ones of the bot');
    for (const [place, text] of Object.entries(places))
      for (const code of codes)
        for (const form of formsOf(code)) assert.ok(!text.includes(form), `${form} is in the ${place}`);
  };

  it('is nowhere while it is good, however the case is looked at', async () => {
    const card = await walk.ready('finance', 'manager');
    const answer = await walk.issue(card);
    codes.push(codeIn(answer));
    const looks = [
      await bot.press('helpdesk', card.id, 'recovery.read-out'),
      await walk.issue(card, { replace: '' }),
      await bot.press('helpdesk', card.id, 'recovery.show', { ref: refOf(card.card) }),
    ];
    await bot.advance('PT1M');
    await assertNowhere(...looks);
  });

  it('is nowhere after it was made again while every call stumbled, and with its answer lost', async () => {
    const post = { service: 'graph', method: 'POST', path: 'temporaryAccessPassMethods' };
    const press = async (): Promise<InvokeAnswer> => {
      const { id } = await walk.cardWith('helpdesk', 'recovery.close', /Leilani/);
      await bot.advance('PT30S');
      return bot.press('helpdesk', id, 'recovery.issue');
    };
    await bot.fault({ match: post, do: { drop: true, afterEffect: true } });
    const lost = await press();
    await bot.fault({ match: post, do: { status: 503 } });
    const down = await press();
    await bot.fault({
      match: post,
      do: { status: 201, body: { temporaryAccessPass: 'S3cr#tXy', id: 7 }, afterEffect: true },
    });
    codes.push('S3cr#tXy');
    const odd = await press();
    await bot.clearFaults();
    await bot.advance('PT2M');
    assert.ok((await walk.usable('finance')).length <= 1);
    await assertNowhere(lost, down, odd);
  });

  it('is nowhere once it was used, and the case is over', async () => {
    const { id } = await walk.cardWith('helpdesk', 'recovery.close', /Leilani/);
    const answer = await walk.issueInTime(id);
    const code = codeIn(answer);
    codes.push(code);
    assert.equal(await walk.signIn('finance', code, newPasskey()), '');
    await bot.advance('PT6M');
    await walk.inTime('the code to be gone from the chat', async () =>
      (await bot.timeline('helpdesk')).every(({ card }) => !isPassCard(card)),
    );
    const closed = await bot.press('helpdesk', id, 'recovery.close', { note });
    assert.match(readIn(closed), /This case is closed/);
    await bot.advance('PT1M');
    await assertNowhere(closed);
    assert.match(await walk.signIn('finance', code), /no Temporary Access Pass|has been used|deleted/);
  });
});
