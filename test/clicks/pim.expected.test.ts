import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { goodReason, openPimStage, type PimStage } from '../support/pim-stage.js';
import type { Entry } from '../support/remote-control.js';

describe('pim.expected', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  /** Somebody has used the AI Administrator for an hour, and this was done with it. */
  const used = async (...did: readonly object[]): Promise<void> => {
    const { id } = await stage.activate('engineer', 'ai-admin');
    const request = await stage.request('engineer', 'ai-admin');
    await stage.portal.approve('security', request.id);
    await stage.advance('PT20S');
    await stage.look('engineer', id);
    await stage.advance('PT10M');
    for (const each of did) await stage.post('/pim/act', { person: 'engineer', ...each });
    await stage.advance('PT51M');
    await stage.says('engineer', id, /Ended/);
    await stage.advance('PT3M');
  };
  const lookBack = (fits: RegExp): Promise<Entry> => stage.card('manager', fits);

  it('shows the owner of a privileged role what was done with it, and what failed', async () => {
    await used(
      { activity: 'Update policy', on: 'Content filter', type: 'Policy' },
      { activity: 'Add member to group', on: 'AI Chat Users', type: 'Group', ok: false },
    );
    const { card } = await lookBack(/What Ayumi Fernqvist did with AI Administrator/);
    const text = cardText(card);
    assert.match(text, /AI Platform Engineer, AI Platform/);
    assert.match(text, /1 change, and 1 try that failed/);
    assert.match(text, /\*\*Look at this:\*\* changed a policy: Content filter\n/);
    assert.match(text, /\*\*Tried, and failed:\*\* added a member to a group: AI Chat Users/);
    assert.match(text, /Approved by\nIngrid Balasuntharam/);
    assert.match(text, /Ticket\nServiceNow INC-4711/);
    assert.match(text, new RegExp(goodReason));
    assert.match(text, /Asked because of: \ntiers\.privileged\.activation\.lookBack/);
    assert.ok(hasButton(card, 'pim.expected') && hasButton(card, 'pim.question'));
    assert.doesNotMatch(text, /PIM|asked for a role/i);
  });

  it('says that the log may still grow, and later that this is all', async () => {
    const { id } = await lookBack(/What Ayumi Fernqvist did/);
    assert.match(await stage.text('manager', id), /Entra may still add to its log for an hour/);
    await stage.post('/pim/act', {
      person: 'engineer',
      activity: 'Delete model deployment',
      on: 'gpt-contracts',
      at: new Date((await stage.now()).getTime() - 20 * 60_000).toISOString(),
    });
    await stage.advance('PT15M');
    await stage.says('manager', id, /Delete model deployment/);
    await stage.advance('PT50M');
    assert.match(await stage.says('manager', id, /This is all that the log of Entra has/), /2 changes/);
  });

  it('is closed with one press, and the card says by whom', async () => {
    const { id } = await lookBack(/What Ayumi Fernqvist did/);
    const sent = (await stage.sent()).length;
    const answer = await stage.press('manager', id, 'pim.expected');
    assert.match(readIn(answer), /As expected\nAyumi Fernqvist: AI Administrator[\s\S]*You looked at it/);
    assert.equal((await stage.sent()).length, sent);
    await stage.advance('PT2H');
    assert.ok(!hasButton((await stage.entry('manager', id)).card, 'pim.question'));
  });

  it('tells nobody else, and not the person it is about', async () => {
    for (const person of ['engineer', 'security', 'appowner']) {
      const all = (await stage.timeline(person)).map(({ card }) => cardText(card)).join('\n');
      assert.doesNotMatch(all, /What Ayumi Fernqvist did|As expected/);
    }
  });

  it('says that nothing was done, too', async () => {
    await used();
    const { id, card } = await lookBack(/Nothing so far/);
    assert.match(cardText(card), /What Ayumi Fernqvist did with AI Administrator/);
    await stage.advance('PT1H');
    assert.match(await stage.says('manager', id, /This is all/), /\nNothing\n/);
    assert.match(readIn(await stage.press('manager', id, 'pim.expected')), /As expected/);
  });

  it('delivered three times at once is one answer', async () => {
    await used({ activity: 'Update policy', on: 'Content filter' });
    const { id } = await lookBack(/What Ayumi Fernqvist did with AI Administrator/);
    const before = await stage.refusals();
    const answer = await stage.press('manager', id, 'pim.expected', { comment: 'Seen' }, { deliver: 3 });
    assert.match(readIn(answer), /As expected/);
    assert.deepEqual((await stage.refusals()).slice(before.length), []);
  });

  it('is not asked about a role of a lower tier', async () => {
    const { id } = await stage.activate('engineer', 'exchange-admin', { minutes: '30' });
    await stage.ready('engineer', id);
    await stage.advance('PT31M');
    await stage.says('engineer', id, /Ended/);
    await stage.advance('PT2H');
    for (const person of ['manager', 'security']) {
      const all = (await stage.timeline(person)).map(({ card }) => cardText(card)).join('\n');
      assert.doesNotMatch(all, /Exchange Administrator/);
    }
  });
});
