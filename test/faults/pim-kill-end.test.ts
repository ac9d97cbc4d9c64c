import assert from 'node:assert/strict';
import { readIn, refOf } from '../support/on-card.js';
import { until } from '../support/until.js';
import { openPimMortal, type PimMortal, typed } from './pim-mortal.js';

const activeNow = /^(Almost ready|Ready to use)/;

/** kill -9 while a role is given back or begun anew: it is on or off, and its owner reads which. */
describe('kill -9 while a role is ended', function () {
  this.timeout(60_000);
  let bot: PimMortal;
  before(async () => {
    bot = await openPimMortal();
  });
  beforeEach(() => bot.reset());
  after(() => bot.close());

  const active = async () => {
    const { id, data } = await bot.form('engineer', 'exchange-admin');
    await bot.press('engineer', id, 'pim.ask', data);
    await bot.says('engineer', id, activeNow);
    await bot.advance('PT6M');
    await bot.says('engineer', id, /^Ready to use/);
    return { id, ref: data.ref };
  };
  const count = async (action: string) =>
    (await bot.asked()).filter((request) => request.action === action).length;

  for (const afterEffect of [false, true]) {
    it(`${afterEffect ? 'after' : 'before'} Entra ended it`, async () => {
      const { id, ref } = await active();
      const press = () => bot.press('engineer', id, 'pim.end', { ref });
      await bot.dieInWrite({ after: 0, afterEffect }, press);
      if (!afterEffect) assert.match(readIn(await press()), /^Ended/);
      await bot.says('engineer', id, /^Ended/);
      assert.equal(await count('selfDeactivate'), 1);
      await bot.assertHealed();
    });
  }

  it('before Entra ended it, and not pressed again: the card says that it was not ended', async () => {
    const { id, ref } = await active();
    const press = () => bot.press('engineer', id, 'pim.end', { ref });
    await bot.dieInWrite({ after: 0, afterEffect: false }, press);
    await bot.advance('PT20M');
    await bot.says('engineer', id, /was not ended/);
    assert.equal(await count('selfDeactivate'), 0);
    await bot.assertHealed();
  });

  /** The form below an active role, sent once more: checked, then the earlier time is ended, then the new one begun. */
  const renewal = async () => {
    const { id } = await active();
    const card = (await bot.timeline('engineer')).find((entry) => entry.id === id)?.card;
    await bot.press('engineer', id, 'pim.form', { again: refOf(card) });
    const form = await bot.card('engineer', /^Activate Exchange Administrator/);
    const data = { ref: refOf(form.card), ...typed };
    return { press: () => bot.press('engineer', form.id, 'pim.ask', data), form: form.id };
  };

  it('begun anew: killed before the earlier time was ended', async () => {
    const { press } = await renewal();
    await bot.dieInWrite({ after: 1, afterEffect: false }, press);
    assert.deepEqual([await count('selfDeactivate'), await count('selfActivate')], [0, 1]);
    await until('a press that works', async () => activeNow.test(readIn(await press())), 30_000);
    assert.deepEqual([await count('selfDeactivate'), await count('selfActivate')], [1, 2]);
    await bot.assertHealed();
  });

  it('begun anew: killed between end and beginning, and pressed again at once', async () => {
    const { press } = await renewal();
    await bot.dieInWrite({ after: 2, afterEffect: false }, press);
    assert.deepEqual([await count('selfDeactivate'), await count('selfActivate')], [1, 1]);
    assert.match(readIn(await press()), activeNow);
    assert.deepEqual([await count('selfDeactivate'), await count('selfActivate')], [1, 2]);
    await bot.assertHealed();
  });

  it('begun anew: killed between end and beginning, and not pressed again: the card says they are without it', async () => {
    const { press, form } = await renewal();
    await bot.dieInWrite({ after: 2, afterEffect: false }, press);
    await bot.advance('PT20M');
    await bot.says('engineer', form, /earlier time was ended, but the new one was not begun/);
    assert.deepEqual([await count('selfDeactivate'), await count('selfActivate')], [1, 1]);
    await bot.assertHealed();
  });

  it('begun anew: killed after the beginning, before its answer', async () => {
    const { press, form } = await renewal();
    await bot.dieInWrite({ after: 2, afterEffect: true }, press);
    await bot.says('engineer', form, activeNow);
    assert.match(readIn(await press()), activeNow);
    assert.deepEqual([await count('selfDeactivate'), await count('selfActivate')], [1, 2]);
    await bot.assertHealed();
  });
});
