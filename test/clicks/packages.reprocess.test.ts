import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';

describe('packages.reprocess', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  after(() => stage.close());

  const tries = async () => (await stage.sent()).filter(({ path }) => path.endsWith('/reprocess'));
  const failed = (person: string, who: RegExp) =>
    stage.card(person, new RegExp(`A delivery[\\s\\S]*${who.source}`));

  it('a delivery that failed is told to whoever answers for the package, once, and to whoever asked', async () => {
    const { id } = await stage.ask('engineer', 'sandbox');
    const text = await stage.says('engineer', id, /Could not be set up/);
    assert.match(text, /These can let Entra try again until .*: Ingrid Balasuntharam\./);
    const card = await failed('security', /Ayumi Fernqvist/);
    assert.match(cardText(card.card), /A delivery failed\nAI evaluation sandbox/);
    assert.ok(hasButton(card.card, 'packages.reprocess'));
    await stage.advance('P1D');
    const cards = (await stage.timeline('security')).filter(({ card: each }) =>
      /A delivery failed/.test(JSON.stringify(each ?? '')),
    );
    assert.equal(cards.length, 1);
  });

  it('tried again without a change it fails again, and can be tried once more', async () => {
    const card = await failed('security', /Ayumi Fernqvist/);
    const answer = await stage.press('security', card.id, 'packages.reprocess', {}, { deliver: 3 });
    assert.match(readIn(answer), /^Entra tries again/);
    assert.equal((await tries()).length, 1);
    await stage.advance('PT1M');
    await stage.says('security', card.id, /A delivery failed[\s\S]*Try again/);
  });

  it('tried again once the reason is gone it is delivered, and every card says so', async () => {
    await stage.post('/packages/settings', { package: 'sandbox', fails: '' });
    const card = await failed('security', /Ayumi Fernqvist/);
    await stage.press('security', card.id, 'packages.reprocess');
    assert.equal((await tries()).length, 2);
    await stage.advance('PT1M');
    await stage.says('security', card.id, /^Delivered\n/);
    await stage.card('engineer', /You have access\nAI evaluation sandbox/);
  });

  it('is refused to somebody who does not look after the catalog in Entra', async () => {
    await stage.post('/packages/settings', { package: 'sandbox', fails: 'failed' });
    const { id } = await stage.ask('finance', 'sandbox');
    await stage.says('finance', id, /Could not be set up/);
    const { id: request } = await stage.portal.newest('finance');
    const before = (await tries()).length;
    const list = await stage.hear('engineer');
    const answer = await stage.press('engineer', list.id, 'packages.reprocess', { request });
    assert.match(readIn(answer), /Entra does not let you try this delivery again\. Nothing was changed\./);
    assert.equal((await tries()).length, before);
  });

  it('has nothing to try where all is delivered, and says so on the card', async () => {
    const list = await stage.hear('security');
    const { id: request } = await stage.portal.newest('engineer');
    const before = (await tries()).length;
    const answer = await stage.press('security', list.id, 'packages.reprocess', { request });
    assert.match(readIn(answer), /^Delivered\n/);
    assert.equal((await tries()).length, before);
  });

  it('after 14 days it is over, and the person asks again', async () => {
    const card = await failed('security', /Leilani Brandvold/);
    await stage.advance('P14DT1H');
    await stage.advance('PT2H');
    const text = await stage.says('security', card.id, /cannot be tried again here/);
    assert.doesNotMatch(text, /Try again/);
    const { id: request } = await stage.portal.newest('finance');
    const answer = await stage.press('security', card.id, 'packages.reprocess', { request });
    assert.match(readIn(answer), /Entra tries again for 14 days only/);
    const own = await stage.card('finance', /Could not be set up/);
    assert.ok(hasButton(own.card, 'packages.open'));
  });
});
