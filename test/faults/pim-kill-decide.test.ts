import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { hasButton, readIn, refOf } from '../support/on-card.js';
import { until } from '../support/until.js';
import { openPimMortal, type PimMortal, patch } from './pim-mortal.js';

const comment = 'I know of the incident and looked at the ticket';
const steps = { service: 'graph', method: 'GET', path: '/steps' };

/** kill -9 while a request is decided or taken back: one decision or none, told truthfully. */
describe('kill -9 while a request for a role is decided', function () {
  this.timeout(60_000);
  let bot: PimMortal;
  before(async () => {
    bot = await openPimMortal();
  });
  beforeEach(() => bot.reset());
  after(() => bot.close());

  const waiting = async () => {
    const { id, data } = await bot.form('engineer', 'platform-admins');
    await bot.press('engineer', id, 'pim.ask', data);
    await bot.says('engineer', id, /^Waiting for approval/);
    const card = await bot.decideCard('manager');
    await bot.decideCard('appowner');
    return { mine: id, card: card.id, data: { ref: refOf(card.card), comment } };
  };
  /** Held before its effect a call saw its caller die: status -1. */
  const decisions = async () =>
    (await bot.requests('graph')).filter(
      ({ method, status }) => method === 'PATCH' && status >= 0 && status < 300,
    ).length;
  const settled = async (mine: string) => {
    await until('the approvers’ cards without buttons', async () => {
      const all = [...(await bot.timeline('manager')), ...(await bot.timeline('appowner'))];
      return all.every(({ card }) => !hasButton(card, 'pim.approve'));
    });
    await bot.says('engineer', mine, /Almost ready|Ready|Olumide Castellane/);
  };

  it('reading the facts, before the claim: nothing happened, and the button works', async () => {
    const { mine, card, data } = await waiting();
    const press = () => bot.press('manager', card, 'pim.approve', data);
    await bot.dieAt({ hold: steps, afterEffect: false }, press);
    assert.equal(await decisions(), 0);
    assert.match(readIn(await press()), /^Approved by you/);
    await settled(mine);
    assert.equal(await decisions(), 1);
    await bot.assertHealed();
  });

  it('after the claim, before the write reaches Entra: pressed again at once, it is decided once', async () => {
    const { mine, card, data } = await waiting();
    const press = () => bot.press('manager', card, 'pim.approve', data);
    await bot.dieAt({ hold: patch, afterEffect: false }, press);
    assert.equal(await decisions(), 0);
    assert.match(readIn(await press()), /^Approved by you/);
    await settled(mine);
    assert.equal(await decisions(), 1);
    await bot.assertHealed();
  });

  it('after the claim, before the write, and not pressed again: the approver is told when that is sure', async () => {
    const { card } = await waiting();
    await bot.dieAt({ hold: patch, afterEffect: false }, () =>
      bot.press('manager', card, 'pim.deny', { comment }),
    );
    await bot.advance('PT20M');
    await bot.says('manager', card, /was not recorded/);
    const told = (await bot.timeline('manager')).find(({ id }) => id === card);
    assert.ok(cardActions(told?.card).some(({ verb }) => verb === 'pim.deny'));
    await bot.assertHealed();
    assert.match(readIn(await bot.press('manager', card, 'pim.deny', { comment })), /^Denied by you/);
    assert.equal(await decisions(), 1);
  });

  for (const verb of ['pim.approve', 'pim.deny'] as const) {
    it(`after the write, before its answer: ${verb}`, async () => {
      const { mine, card, data } = await waiting();
      await bot.dieAt({ hold: patch, afterEffect: true }, () => bot.press('manager', card, verb, data));
      await bot.says('manager', card, verb === 'pim.approve' ? /^Approved by you/ : /^Denied by you/);
      await settled(mine);
      assert.equal(await decisions(), 1);
      await bot.assertHealed();
    });
  }

  it('after the answer, before the receipt', async () => {
    const { mine, card, data } = await waiting();
    // Long enough to see the decision land before the next call is made.
    await bot.fault({ match: patch, do: { delayMs: 500, afterEffect: true } });
    const decided = async () => (await bot.asked()).some(({ step }) => step?.result === 'Approved');
    const once = () => until('the decision', decided);
    await bot.dieAt({ hold: steps, afterEffect: false, once }, () =>
      bot.press('manager', card, 'pim.approve', data),
    );
    await settled(mine);
    assert.equal(await decisions(), 1);
    await bot.assertHealed();
  });

  it('after settling, before anybody’s card was changed', async () => {
    const { mine, card, data } = await waiting();
    const hold = { service: 'connector', method: 'PUT' };
    await bot.dieAt({ hold, afterEffect: false }, () => bot.press('manager', card, 'pim.approve', data));
    await settled(mine);
    assert.equal(await decisions(), 1);
    await bot.assertHealed();
  });

  for (const afterEffect of [false, true]) {
    it(`taking it back, ${afterEffect ? 'after' : 'before'} Entra did it`, async () => {
      const { mine } = await waiting();
      const hold = { service: 'graph', method: 'POST', path: '/cancel' };
      const ref = refOf((await bot.timeline('engineer')).find(({ id }) => id === mine)?.card);
      const press = () => bot.press('engineer', mine, 'pim.cancel', { ref });
      await bot.dieAt({ hold, afterEffect }, press);
      if (!afterEffect) assert.match(readIn(await press()), /^Taken back/);
      await bot.says('engineer', mine, /^Taken back/);
      for (const person of ['manager', 'appowner']) {
        await until(`the card of ${person} to say so`, async () =>
          (await bot.timeline(person)).some(({ card }) => /^Taken back/.test(cardText(card))),
        );
      }
      const [status] = (await bot.asked()).map((request) => request.status);
      assert.match(status ?? '', /^Cancel/);
      await bot.assertHealed();
    });
  }

  it('after the claim, before the write: another approver is not held up by it', async () => {
    const { card, data } = await waiting();
    await bot.dieAt({ hold: patch, afterEffect: false }, () => bot.press('manager', card, 'pim.deny', data));
    const other = await bot.decideCard('appowner');
    const word = { comment: 'Go ahead, but only for an hour' };
    const answer = await bot.press('appowner', other.id, 'pim.approve', word);
    assert.match(readIn(answer), /^Approved by you/);
    assert.equal(await decisions(), 1);
    await bot.says('manager', card, /^Approved by Wanjiru Halvorsen/);
    await bot.assertHealed();
  });
});
