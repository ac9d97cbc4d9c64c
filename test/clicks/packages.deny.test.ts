import assert from 'node:assert/strict';
import { hasButton, readIn } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';

describe('packages.deny', () => {
  let stage: PackagesStage;
  let asked: string;
  before(async () => {
    stage = await openPackagesStage();
    asked = (await stage.ask('engineer', 'standard')).id;
  });
  after(() => stage.close());

  const patches = async () => (await stage.sent()).filter(({ method }) => method === 'PATCH');

  it('without a word comes back with the card still open and what is missing', async () => {
    const card = await stage.decideCard('manager', /Ayumi Fernqvist/);
    const answer = await stage.press('manager', card.id, 'packages.deny', { comment: '   ' });
    assert.equal(answer.statusCode, 200);
    assert.match(readIn(answer), /A word to the requester is needed/);
    assert.ok(hasButton(answer.value, 'packages.approve'));
    assert.equal((await patches()).length, 0);
    assert.deepEqual(await stage.refusals(), ['packages.comment']);
  });

  it('with a word is recorded, and the engineer reads it and may ask again', async () => {
    const card = await stage.decideCard('manager', /Ayumi Fernqvist/);
    const comment = 'Please take the training first';
    const answer = await stage.press('manager', card.id, 'packages.deny', { comment });
    assert.match(readIn(answer), /^Denied by you/);
    await stage.says(
      'engineer',
      asked,
      /^Denied[\s\S]*Olumide Castellane denied it:\nPlease take the training first/,
    );
    assert.ok(hasButton((await stage.entry('engineer', asked)).card, 'packages.open'));
    assert.equal((await patches()).length, 1);
  });

  it('at the first of two stages ends it: nobody is asked at the second', async () => {
    const { id } = await stage.ask('finance', 'redteam');
    const card = await stage.decideCard('manager', /Leilani Brandvold/);
    await stage.press('manager', card.id, 'packages.deny', { comment: 'Not your field' });
    await stage.says('finance', id, /^Denied[\s\S]*Not your field/);
    await stage.advance('P3D');
    const others = [...(await stage.timeline('security')), ...(await stage.timeline('appowner'))];
    assert.ok(!others.some(({ card: each }) => /Leilani Brandvold/.test(JSON.stringify(each ?? ''))));
  });

  it('settles the cards of the others who could decide', async () => {
    await stage.ask('starter', 'elevated');
    const one = await stage.decideCard('security', /Noor Achterberg/);
    const two = await stage.decideCard('appowner', /Noor Achterberg/);
    await stage.press('security', one.id, 'packages.deny', { comment: 'Ask in January' });
    await stage.says('appowner', two.id, /^Denied by Ingrid Balasuntharam[\s\S]*Ask in January/);
    assert.ok(!hasButton((await stage.entry('appowner', two.id)).card, 'packages.deny'));
  });
});
