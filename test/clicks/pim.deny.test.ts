import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { cardOf, hasButton, readIn } from '../support/on-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';

describe('pim.deny', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  it('without a word asks for one, in every tier, and keeps the request open', async () => {
    await stage.activate('engineer', 'cognitive');
    await stage.activate('engineer', 'platform-admins');
    for (const name of [/Cognitive/, /AI Platform Admins/]) {
      const { id } = await stage.decideCard('appowner', name);
      const before = (await stage.sent()).length;
      const answer = await stage.press('appowner', id, 'pim.deny');
      assert.match(readIn(answer), /Please write a word on why/);
      assert.ok(hasButton(cardOf(answer), 'pim.deny'));
      assert.equal((await stage.sent()).length, before);
    }
    assert.deepEqual(await stage.refusals(), ['pim.comment', 'pim.comment']);
  });

  it('tells the asker by whom and why, and how to ask again; the others read it too', async () => {
    const { id } = await stage.decideCard('appowner', /AI Platform Admins/);
    const other = await stage.decideCard('manager', /AI Platform Admins/);
    const answer = await stage.press('appowner', id, 'pim.deny', { comment: 'Please name the index' });
    assert.match(readIn(answer), /Denied by you[\s\S]*You wrote:\nPlease name the index/);
    assert.equal((await stage.request('engineer', 'platform-admins')).status, 'Denied');
    const asker = await stage.card('engineer', /Denied\nAI Platform Admins/);
    const text = cardText(asker.card);
    assert.match(text, /Wanjiru Halvorsen denied it and writes:\nPlease name the index/);
    assert.match(text, /Nothing was activated\. You can ask again and add what was missing/);
    assert.ok(hasButton(asker.card, 'pim.form') && !hasButton(asker.card, 'pim.cancel'));
    await stage.says('manager', other.id, /Denied by Wanjiru Halvorsen/);
  });

  it('of an Azure role does the same', async () => {
    const { id } = await stage.decideCard('appowner', /Cognitive/);
    const answer = await stage.press('appowner', id, 'pim.deny', { comment: 'Use the test group' });
    assert.match(readIn(answer), /Denied by you/);
    assert.equal((await stage.request('engineer', 'cognitive')).status, 'Denied');
    const asker = await stage.card('engineer', /Denied\nCognitive/);
    assert.match(cardText(asker.card), /Wanjiru Halvorsen denied it and writes:\nUse the test group/);
  });

  it('of an Entra role too, and an approval after it finds it settled', async () => {
    await stage.activate('engineer', 'ai-admin');
    const first = await stage.decideCard('manager', /AI Administrator/);
    const second = await stage.decideCard('security', /AI Administrator/);
    const buttons = JSON.stringify(second.card);
    const ref = /"verb":"pim.approve","data":\{"ref":"([^"]+)"/.exec(buttons)?.[1];
    await stage.press('manager', first.id, 'pim.deny', { comment: 'Not for this' });
    await stage.says('security', second.id, /Denied by Olumide Castellane/);
    const answer = await stage.press('security', second.id, 'pim.approve', { ref, comment: 'But yes' });
    assert.match(readIn(answer), /Denied by Olumide Castellane/);
    assert.equal((await stage.refusals()).at(-1), 'pim.settled');
    assert.equal((await stage.request('engineer', 'ai-admin')).status, 'Denied');
  });

  it('pressed three times at once is one decision', async () => {
    await stage.activate('engineer', 'groups-admin');
    const { id } = await stage.decideCard('security', /Groups Administrator/);
    const before = (await stage.sent()).length;
    const comment = 'The lab is closed this week';
    await stage.press('security', id, 'pim.deny', { comment }, { deliver: 3 });
    assert.equal((await stage.sent()).length - before, 1);
  });
});
