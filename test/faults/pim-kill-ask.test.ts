import assert from 'node:assert/strict';
import { readIn } from '../support/on-card.js';
import { until } from '../support/until.js';
import { openPimMortal, type PimMortal, post } from './pim-mortal.js';

const mine = {
  service: 'graph',
  method: 'GET',
  path: "ScheduleRequests/filterByCurrentUser(on='principal')",
};
const activeNow = /^(Almost ready|Ready to use)/;

/** kill -9 while a role is asked for: it is asked for once, or not at all and its asker reads so. */
describe('kill -9 while a role is asked for', function () {
  this.timeout(60_000);
  let bot: PimMortal;
  before(async () => {
    bot = await openPimMortal();
  });
  beforeEach(() => bot.reset());
  after(() => bot.close());

  for (const [key, shows] of [
    ['exchange-admin', activeNow],
    ['platform-admins', /^Waiting for approval/],
  ] as const) {
    it(`${key}: before the request reaches Entra, and pressed again at once`, async () => {
      const { id: form, data } = await bot.form('engineer', key);
      const press = () => bot.press('engineer', form, 'pim.ask', data);
      await bot.dieInWrite({ after: 1, afterEffect: false }, press);
      assert.equal((await bot.asked()).length, 0);
      assert.match(readIn(await press()), shows);
      assert.equal((await bot.asked()).length, 1);
      await bot.assertHealed();
    });

    it(`${key}: after the request was made, before its answer`, async () => {
      const { id: form, data } = await bot.form('engineer', key);
      const press = () => bot.press('engineer', form, 'pim.ask', data);
      await bot.dieInWrite({ after: 1, afterEffect: true }, press);
      await bot.says('engineer', form, shows);
      assert.match(readIn(await press()), shows);
      assert.equal((await bot.asked()).length, 1);
      await bot.assertHealed();
    });
  }

  it('before the request reaches Entra, and not pressed again: its asker is told when that is sure', async () => {
    const { id: form, data } = await bot.form('engineer', 'platform-admins');
    await bot.dieInWrite({ after: 1, afterEffect: false }, () =>
      bot.press('engineer', form, 'pim.ask', data),
    );
    assert.equal(await bot.openClaims(), 1, 'Entra’s log may still be late');
    await bot.advance('PT20M');
    await bot.says('engineer', form, /did not reach Entra/);
    await bot.assertHealed();
    const again = await bot.press('engineer', form, 'pim.form');
    assert.ok(readIn(again).length > 0);
    assert.equal((await bot.asked()).length, 0);
  });

  it('after the answer, before the receipt', async () => {
    const { id: form, data } = await bot.form('engineer', 'platform-admins');
    const press = () => bot.press('engineer', form, 'pim.ask', data);
    await bot.fault({ match: post, do: { delayMs: 1 } });
    // Long enough to see the request land before the next call is made.
    await bot.fault({ match: post, do: { delayMs: 500, afterEffect: true } });
    const once = () => until('the request', async () => (await bot.asked()).length === 1);
    await bot.dieAt({ hold: mine, afterEffect: false, once }, press);
    await bot.says('engineer', form, /^Waiting for approval/);
    assert.match(readIn(await press()), /^Waiting for approval/);
    assert.equal((await bot.asked()).length, 1);
    await bot.assertHealed();
  });

  it('after settling, before the approvers’ cards were sent', async () => {
    const { id: form, data } = await bot.form('engineer', 'platform-admins');
    const hold = { service: 'connector', method: 'POST', path: '/activities' };
    await bot.dieAt({ hold, afterEffect: false }, () => bot.press('engineer', form, 'pim.ask', data));
    for (const person of ['manager', 'appowner']) await bot.decideCard(person);
    assert.equal((await bot.asked()).length, 1);
    await bot.assertHealed();
  });

  it('an emergency role: killed before its answer, the alarm is raised all the same, once', async () => {
    const { id: form, data } = await bot.form('engineer', 'security-admin');
    await bot.dieInWrite({ after: 1, afterEffect: true }, () => bot.press('engineer', form, 'pim.ask', data));
    await bot.card('security', /Emergency[\s\S]*Ayumi Fernqvist|Ayumi Fernqvist[\s\S]*emergenc/i);
    await bot.assertHealed();
    const alarms = await bot.read((store) =>
      store.db.selectFrom('cards').select('ref').where('kind', '=', 'pim.emergency').execute(),
    );
    assert.equal(alarms.length, 1);
  });
});
