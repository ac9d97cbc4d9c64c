import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { hasButton } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';

describe('packages.approvals', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  after(() => stage.close());

  it('says so when nothing waits', async () => {
    const { card } = await stage.hear('manager', 'what waits for my approval?');
    assert.match(cardText(card), /^No request for a package waits for you/);
  });

  it('lists what waits for its reader, also what was asked for in the portal', async () => {
    await stage.ask('engineer', 'standard');
    await stage.portal.ask('finance', 'standard', 'Reading contracts');
    await stage.ask('manager', 'workshop', { person: 'starter' });
    await stage.decideCard('manager', /Ayumi Fernqvist/);
    await stage.advance('PT20S');
    await stage.decideCard('manager', /Leilani Brandvold/);
    const { card } = await stage.hear('manager', 'what waits for my approval?');
    const text = cardText(card);
    assert.match(text, /2 requests wait for you/);
    assert.match(text, /Ayumi Fernqvist\nasks for AI research assistant - standard/);
    assert.match(text, /Leilani Brandvold\nasks for AI research assistant - standard/);
    assert.doesNotMatch(text, /Noor Achterberg/, 'their own request is for others to decide');
    assert.ok(hasButton(card, 'packages.approval'));
  });

  it('says at which stage a request is', async () => {
    await stage.ask('helpdesk', 'redteam');
    const first = await stage.decideCard('security', /Tomasz Okonjeva/);
    await stage.press('security', first.id, 'packages.approve', { comment: 'He works on this' });
    const { card } = await stage.hear('security', 'what waits for my approval?');
    assert.match(cardText(card), /Tomasz Okonjeva\nasks for AI red team data[\s\S]*Stage 2/);
  });

  it('shows nobody what waits for others', async () => {
    const { card } = await stage.hear('engineer', 'what waits for my approval?');
    assert.match(cardText(card), /^No request for a package waits for you/);
  });
});
