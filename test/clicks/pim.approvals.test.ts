import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { hasButton } from '../support/on-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';

describe('pim.approvals', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());
  afterEach(() => stage.clearFaults());

  it('says so when nothing waits', async () => {
    const { card } = await stage.roles('manager', 'approvals');
    assert.match(cardText(card), /No request waits for you\n.*When somebody needs your word/);
    assert.ok(!hasButton(card, 'pim.approval'));
  });

  it('lists what waits of all three kinds, also what was asked for in the portal', async () => {
    const asked = [
      await stage.portal.ask('engineer', 'platform-admins', { minutes: 60 }),
      await stage.portal.ask('engineer', 'cognitive', { minutes: 120 }),
      await stage.portal.ask('guest', 'connector-operators', { minutes: 30 }),
    ];
    const { card } = await stage.roles('appowner', 'show my approvals');
    const text = cardText(card);
    assert.match(text, /3 requests wait for you/);
    assert.match(text, /Ayumi Fernqvist\nasks for AI Platform Admins\nGroup[\s\S]*?For 1 hour/);
    assert.match(text, /Ayumi Fernqvist\nasks for Cognitive Services Contributor\nAzure role · rg-retrieval/);
    assert.match(text, /Rafael Dunmore-Tiwari\nasks for AI Retrieval Connector Operators/);
    const rows = cardActions(card).filter(({ verb }) => verb === 'pim.approval');
    assert.deepEqual(new Set(rows.map(({ data }) => data.id)), new Set(asked));
  });

  it('shows each approver only what waits for them', async () => {
    await stage.portal.ask('engineer', 'ai-admin');
    const manager = cardText((await stage.roles('manager', 'what waits for me')).card);
    assert.match(manager, /2 requests wait for you/);
    assert.match(manager, /AI Administrator/);
    assert.doesNotMatch(manager, /Cognitive|Connector/);
    assert.match(cardText((await stage.roles('security', 'approvals')).card), /1 request waits for you/);
    assert.match(cardText((await stage.roles('finance', 'approvals')).card), /No request waits for you/);
  });

  it('never shows somebody their own request', async () => {
    await stage.post('/pim/eligible', { person: 'manager', target: 'platform-admins', eligible: true });
    await stage.portal.ask('manager', 'platform-admins');
    const text = cardText((await stage.roles('manager', 'approvals')).card);
    assert.doesNotMatch(text, /Olumide Castellane/);
    assert.match(cardText((await stage.roles('appowner', 'approvals')).card), /Olumide Castellane\nasks for/);
  });

  it('says what could not be read, and lists the rest', async () => {
    await stage.fault({ match: { service: 'azure' }, do: { status: 503 }, times: 20 });
    const text = cardText((await stage.roles('appowner', 'approvals')).card);
    assert.match(text, /Azure roles could not be read just now/);
    assert.match(text, /AI Platform Admins/);
    assert.doesNotMatch(text, /Cognitive/);
  });

  it('shows no request any more that is decided', async () => {
    const request = await stage.request('engineer', 'ai-admin');
    await stage.portal.approve('security', request.id);
    assert.match(cardText((await stage.roles('security', 'approvals')).card), /No request waits for you/);
  });
});
