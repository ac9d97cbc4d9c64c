import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';

describe('packages.mine', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  after(() => stage.close());

  it('says so to somebody who holds nothing, and leads to what there is', async () => {
    const { card } = await stage.hear('helpdesk', 'what do I have?');
    assert.match(cardText(card), /You hold no access package just now/);
    assert.ok(hasButton(card, 'packages.open'));
  });

  it('shows what ends first at the top, what it opens, and Extend only where the end is near', async () => {
    await stage.hold('engineer', 'standard', 100);
    await stage.hold('engineer', 'workshop', 10);
    const { card } = await stage.hear('engineer', 'my access');
    const text = cardText(card);
    assert.match(text, /2 access packages\. What ends first is at the top\./);
    assert.match(text, /AI agent workshop\n[\s\S]*(9|10) days left[\s\S]*AI research assistant - standard/);
    assert.match(text, /Opens \n.*AI Agent Studio/);
    assert.deepEqual(
      cardActions(card).map(({ title }) => title),
      ['Show', 'Extend', 'Give back', 'Show', 'Give back', 'Find more'],
    );
  });

  it('opens one of them on a card with links to what it opens', async () => {
    const list = await stage.hear('engineer', 'which packages are mine');
    const show = cardActions(list.card).find(({ verb }) => verb === 'packages.show');
    const answer = await stage.press('engineer', list.id, 'packages.show', show?.data);
    const text = readIn(answer);
    assert.match(text, /AI agent workshop[\s\S]*(9|10) days left/);
    assert.match(text, /What it opens[\s\S]*AI Agent Studio[\s\S]*application, as Studio\.User/);
    assert.match(text, /Open Agent workshop/);
    assert.match(
      JSON.stringify(answer.value),
      /"https:\/\/contoso\.sharepoint\.example\/sites\/agent-workshop"/,
    );
  });

  it('says that a longer stay is asked for already, and offers no second one', async () => {
    await stage.hold('starter', 'standard', 10);
    const list = await stage.hear('starter', 'extend my access');
    await stage.press('starter', list.id, 'packages.extend');
    await stage.send('starter', list.id);
    const { card } = await stage.hear('starter', 'what do I have?');
    assert.match(cardText(card), /You have asked to keep it longer\./);
    assert.ok(!hasButton(card, 'packages.extend'));
  });

  it('keeps one person’s list from another', async () => {
    const list = await stage.hear('helpdesk', 'my access');
    const { id } = (await stage.held('engineer', 'standard')) ?? {};
    const answer = await stage.press('helpdesk', list.id, 'packages.show', { assignment: id });
    assert.equal(answer.statusCode, 400);
    assert.match(readIn(answer), /You do not have this access any more/);
  });
});
