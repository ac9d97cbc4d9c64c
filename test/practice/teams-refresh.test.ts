import assert from 'node:assert/strict';
import { loginRequest, newCard } from '../support/invoke-answers.js';
import { cardWith, execute } from '../support/plain-cards.js';
import { openPracticeStage, type PracticeStage } from '../support/practice-stage.js';

describe('a person in the practice Teams who sees a card with a refresh', () => {
  let stage: PracticeStage;
  before(async () => {
    stage = await openPracticeStage();
    stage.bot.onInvoke(({ data }) => newCard(refreshing(`mine of ${data.ref}`)));
  });
  after(() => stage.close());

  const refreshing = (text: string, userIds?: readonly string[]) =>
    cardWith(text, { refresh: { action: execute('see', { ref: text }), ...(userIds ? { userIds } : {}) } });
  const looks = (text: string) => stage.bot.seen('see').filter(({ data }) => data.ref === text);

  it('asks for an own view at once, and does not ask again because of the answer', async () => {
    const id = await stage.sendCard('appowner', refreshing('base', ['29:1-appowner']));
    assert.deepEqual((await stage.entry('appowner', id))?.card, refreshing('mine of base'));
    assert.deepEqual(
      looks('base').map(({ trigger }) => trigger),
      ['automatic'],
    );
    assert.equal(looks('mine of base').length, 0);
  });

  it('asks nothing when the card names others only', async () => {
    const id = await stage.sendCard('appowner', refreshing('for others', ['29:1-manager']));
    assert.deepEqual((await stage.entry('appowner', id))?.card, refreshing('for others', ['29:1-manager']));
    assert.equal(looks('for others').length, 0);
  });

  it('asks again when the bot edits the message', async () => {
    const id = await stage.sendCard('appowner', refreshing('first'));
    await stage.timeline('appowner');
    await stage.editCard('appowner', id, refreshing('second'));
    assert.deepEqual((await stage.entry('appowner', id))?.card, refreshing('mine of second'));
  });

  it('asks again on opening the chat after a minute, not before', async () => {
    const id = await stage.sendCard('finance', refreshing('later'));
    await stage.timeline('finance');
    await stage.post('/people/finance/open');
    await stage.timeline('finance');
    assert.equal(looks('later').length, 1);

    await stage.post('/clock', { advance: 'PT61S' });
    await stage.post('/people/finance/open');
    assert.deepEqual((await stage.entry('finance', id))?.card, refreshing('mine of mine of later'));
  });

  it('drops the answer to a refresh that an edit has overtaken', async () => {
    let answerSlow = (): void => {};
    const slow = new Promise<void>((resolve) => {
      answerSlow = resolve;
    });
    stage.bot.onInvoke(async ({ data }) => {
      if (data.ref === 'slow') await slow;
      return newCard(cardWith(`view of ${data.ref}`));
    });
    const id = await stage.sendCard('starter', refreshing('slow'));
    await stage.bot.until(() => looks('slow').length === 1);
    await stage.editCard('starter', id, cardWith('final'));
    answerSlow();
    assert.deepEqual((await stage.entry('starter', id))?.card, cardWith('final'));
  });

  it('shows neither toast nor prompt that an automatic refresh brings', async () => {
    stage.bot.onInvoke(() => loginRequest({}));
    const id = await stage.sendCard('starter', refreshing('quiet'));
    const shown = await stage.entry('starter', id);
    assert.deepEqual(
      [shown?.prompt, shown?.notice, shown?.card],
      [undefined, undefined, refreshing('quiet')],
    );
  });
});
