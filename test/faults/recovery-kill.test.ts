import assert from 'node:assert/strict';
import { type MortalBot, openMortalBot } from '../support/mortal-bot.js';
import { hasButton, readIn, refOf } from '../support/on-card.js';
import { codeIn, isPassCard } from '../support/recovery-card.js';
import { walkOf } from '../support/recovery-walk.js';
import type { Entry } from '../support/remote-control.js';
import { until } from '../support/until.js';

const post = { service: 'graph', method: 'POST', path: 'temporaryAccessPassMethods' };
const edit = { service: 'connector', method: 'PUT' };

/** kill -9 while a pass is made: nobody has two that work, and one that nobody saw is replaced and never shown. */
describe('kill -9 while a pass is made', function () {
  this.timeout(60_000);
  let bot: MortalBot;
  let walk: ReturnType<typeof walkOf>;
  let card: Entry;
  before(async () => {
    bot = await openMortalBot('recovery');
    walk = walkOf(bot);
  });
  after(() => bot.close());

  /** Each story has a person of its own: the chats and cases of the one before are left alone. */
  const stories = [
    { name: 'before the call reached Entra', about: 'finance', afterEffect: false, made: 0 },
    { name: 'after Entra made it, before its answer', about: 'appowner', afterEffect: true, made: 1 },
  ] as const;

  for (const { name, about, afterEffect, made } of stories)
    it(`${name}: the next press makes one, and only that one works`, async () => {
      card = await walk.ready(about, 'manager');
      await bot.dieAt({ hold: post, afterEffect }, () => walk.issue(card));
      await walk.inTime('every claim to be healed', async () => (await bot.openClaims()) === 0);
      assert.equal((await walk.usable(about)).length, made);
      const shown = await bot.press('helpdesk', card.id, 'recovery.show', { ref: refOf(card.card) });
      assert.ok(!isPassCard(shown.value));
      if (made === 1) assert.match(readIn(shown), /nobody has seen its code/);
      await bot.advance('PT11S');
      const answer = await walk.issueInTime(card.id);
      const code = codeIn(answer);
      assert.equal((await walk.usable(about)).length, 1);
      assert.equal(await walk.signIn(about, code), '');
      await bot.assertIntact();
    });

  it('after it was shown, before anybody’s card was changed: it is the one that works, and is shown no more', async () => {
    card = await walk.ready('starter', 'manager');
    let code = '';
    const press = async () => {
      const answer = await walk.issue(card);
      if (isPassCard(answer.value)) code = codeIn(answer);
    };
    await bot.dieAt({ hold: edit, afterEffect: false }, press);
    assert.notEqual(code, '');
    assert.equal((await walk.usable('starter')).length, 1);
    await until('every claim to be settled', async () => (await bot.openClaims()) === 0);
    const again = await bot.press('helpdesk', card.id, 'recovery.issue', { replace: '' });
    assert.ok(!isPassCard(again.value));
    assert.equal((await walk.usable('starter')).length, 1);
    assert.equal(await walk.signIn('starter', code), '');
    await bot.advance('PT6M');
    await walk.inTime('the case to stand there again', async () => {
      const { card: now } = (await bot.timeline('helpdesk')).find(({ id }) => id === card.id) ?? {};
      return hasButton(now, 'recovery.close') && !isPassCard(now);
    });
    await bot.assertIntact();
  });
});
