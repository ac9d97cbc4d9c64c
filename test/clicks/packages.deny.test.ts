import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { openStage, type Stage } from '../support/stage.js';

describe('packages.deny', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
    await stage.say('engineer', 'I need the research assistant');
    const form = await stage.card('engineer', /research assistant - standard/);
    const reason = 'Reading the supplier contracts of project Nord';
    await stage.press('engineer', form.id, 'packages.ask', { reason });
  });
  after(() => stage.close());

  it('without a word comes back with the card still open and what is missing', async () => {
    const card = await stage.card('manager', /Ayumi Fernqvist/);
    const answer = await stage.press('manager', card.id, 'packages.deny', { comment: '   ' });
    assert.equal(answer.statusCode, 200);
    assert.ok(cardActions(answer.value).some(({ verb }) => verb === 'packages.approve'));
    assert.equal((await stage.writes()).filter(({ method }) => method === 'PATCH').length, 0);
  });

  it('with a word is recorded, and the engineer reads it and may ask again', async () => {
    const card = await stage.card('manager', /Ayumi Fernqvist/);
    const answer = await stage.press('manager', card.id, 'packages.deny', {
      comment: 'Please take the training first',
    });
    assert.match(cardText(answer.value), /denied|declined/i);
    const told = await stage.card('engineer', /Please take the training first/);
    assert.ok(cardActions(told.card).some(({ verb }) => verb === 'packages.open'));
  });
});
