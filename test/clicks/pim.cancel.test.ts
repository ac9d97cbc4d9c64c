import assert from 'node:assert/strict';
import { hasButton, readIn, refOf } from '../support/on-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';

describe('pim.cancel', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  const tomorrow = async () => {
    const at = new Date((await stage.now()).getTime() + 86_400_000);
    return { startDate: at.toISOString().slice(0, 10), startTime: '12:00' };
  };

  it('takes a request back that waits; its approvers read so and have nothing left to press', async () => {
    const { id } = await stage.activate('engineer', 'ai-admin');
    const cards = await Promise.all(
      ['security', 'manager'].map(async (person) => ({ person, id: (await stage.decideCard(person)).id })),
    );
    const answer = await stage.press('engineer', id, 'pim.cancel');
    assert.match(readIn(answer), /Taken back\nAI Administrator[\s\S]*nobody has to decide it/);
    assert.equal((await stage.request('engineer', 'ai-admin')).status, 'Canceled');
    for (const card of cards) {
      assert.match(await stage.says(card.person, card.id, /Taken back/), /no longer asks for it/);
      assert.ok(!hasButton((await stage.entry(card.person, card.id)).card, 'pim.approve'));
    }
  });

  it('delivered three times at once is one cancel', async () => {
    const { id } = await stage.activate('engineer', 'groups-admin');
    const before = (await stage.sent()).length;
    const answer = await stage.press('engineer', id, 'pim.cancel', {}, { deliver: 3 });
    assert.match(readIn(answer), /Taken back/);
    assert.equal((await stage.sent()).length - before, 1);
  });

  it('of each kind that was planned for later leaves nothing that begins', async () => {
    for (const key of ['exchange-admin', 'blob-reader'] as const) {
      const { id } = await stage.activate('engineer', key, await tomorrow());
      assert.match(await stage.text('engineer', id), /Planned for later/);
      assert.match(readIn(await stage.press('engineer', id, 'pim.cancel')), /Taken back/);
      assert.equal((await stage.request('engineer', key)).status, 'Canceled');
    }
    const { id } = await stage.activate('manager', 'incident-owner', await tomorrow());
    assert.match(readIn(await stage.press('manager', id, 'pim.cancel')), /Taken back/);
    await stage.advance('P2D');
    assert.equal((await stage.request('manager', 'incident-owner')).status, 'Canceled');
    assert.doesNotMatch(await stage.text('manager', id), /Ready to use|Almost ready/);
  });

  it('after it was taken back the role can be asked for again', async () => {
    const { id } = await stage.activate('engineer', 'platform-admins');
    await stage.press('engineer', id, 'pim.cancel');
    await stage.says('engineer', id, /Taken back/);
    const again = await stage.activate('engineer', 'platform-admins');
    assert.match(readIn(again.answer), /Waiting for approval/);
  });

  it('of what was approved a moment before shows how it stands, and leaves it', async () => {
    const { id } = await stage.activate('engineer', 'cognitive');
    await stage.decideCard('appowner');
    const ref = refOf((await stage.entry('engineer', id)).card);
    const request = await stage.request('engineer', 'cognitive');
    await stage.portal.approve('appowner', request.id);
    await stage.advance('PT5S');
    const before = await stage.refusals();
    const sent = (await stage.sent()).length;
    const answer = await stage.press('engineer', id, 'pim.cancel', { ref });
    assert.match(readIn(answer), /Almost ready|Ready to use/);
    assert.deepEqual((await stage.refusals()).slice(before.length), ['pim.not-open']);
    assert.equal((await stage.sent()).length, sent);
  });

  it('lost on the way is found again: it is taken back, and says so', async () => {
    const { id } = await stage.activate('helpdesk', 'global-reader');
    await stage.fault({
      match: { service: 'graph', method: 'POST', path: '/cancel' },
      do: { drop: true, afterEffect: true },
    });
    assert.match(readIn(await stage.press('helpdesk', id, 'pim.cancel')), /Taken back/);
    assert.equal((await stage.request('helpdesk', 'global-reader')).status, 'Canceled');
  });
});
