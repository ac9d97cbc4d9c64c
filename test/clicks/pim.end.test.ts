import assert from 'node:assert/strict';
import { hasButton, readIn, refOf } from '../support/on-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';

describe('pim.end', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  it('says in advance from when on Entra allows it, and in the first five minutes that it does not yet', async () => {
    const { id } = await stage.activate('engineer', 'exchange-admin');
    const text = await stage.ready('engineer', id);
    assert.match(text, /Entra lets you end it from .+ \(five minutes after the start\)/);
    const sent = (await stage.sent()).length;
    const answer = await stage.press('engineer', id, 'pim.end');
    assert.match(
      readIn(answer),
      /Ready to use[\s\S]*Entra does not end an activation in its first five minutes/,
    );
    assert.deepEqual(await stage.refusals(), ['pim.too-soon']);
    assert.equal((await stage.sent()).length, sent);
    assert.ok(hasButton((await stage.entry('engineer', id)).card, 'pim.end'));
  });

  it('gives it back after that, thanks, and offers to begin again', async () => {
    const { id } = await stage.activate('engineer', 'security-admin');
    await stage.ready('engineer', id);
    await stage.advance('PT6M');
    const sent = (await stage.sent()).length;
    const answer = await stage.press('engineer', id, 'pim.end');
    assert.match(readIn(answer), /Ended\nSecurity Administrator[\s\S]*Thank you for not keeping it longer/);
    assert.equal((await stage.sent()).length - sent, 1);
    assert.equal((await stage.request('engineer', 'security-admin')).status, 'Revoked');
    await stage.says('engineer', id, /You ended it/);
    assert.ok(hasButton((await stage.entry('engineer', id)).card, 'pim.form'));
  });

  it('does the same for a group, and says the five minutes no more', async () => {
    const { id } = await stage.activate('manager', 'incident-owner');
    await stage.advance('PT6M');
    const text = await stage.says('manager', id, /Ready to use/);
    assert.doesNotMatch(text, /five minutes/);
    assert.match(readIn(await stage.press('manager', id, 'pim.end')), /You ended it/);
    assert.equal((await stage.request('manager', 'incident-owner')).status, 'Revoked');
  });

  it('delivered three times at once is one end', async () => {
    const { id } = await stage.activate('engineer', 'power-platform');
    await stage.advance('PT6M');
    const sent = (await stage.sent()).length;
    const answer = await stage.press('engineer', id, 'pim.end', {}, { deliver: 3 });
    assert.match(readIn(answer), /You ended it/);
    assert.equal((await stage.sent()).length - sent, 1);
  });

  it('ended by time a moment before: the card says so, and nothing is sent', async () => {
    const { id } = await stage.activate('engineer', 'blob-reader', { minutes: '30' });
    const ref = refOf((await stage.entry('engineer', id)).card);
    await stage.advance('PT31M');
    const sent = (await stage.sent()).length;
    const before = await stage.refusals();
    const answer = await stage.press('engineer', id, 'pim.end', { ref });
    assert.match(readIn(answer), /The time is over/);
    assert.deepEqual((await stage.refusals()).slice(before.length), ['pim.not-active']);
    assert.equal((await stage.sent()).length, sent);
  });

  it('ended in the portal a moment before: the card says that it is over', async () => {
    const { id } = await stage.activate('engineer', 'groups-admin');
    const request = await stage.request('engineer', 'groups-admin');
    await stage.portal.approve('security', request.id);
    await stage.advance('PT5S');
    await stage.look('engineer', id);
    await stage.advance('PT6M');
    const ref = refOf((await stage.entry('engineer', id)).card);
    await stage.portal.end('engineer', 'groups-admin');
    const answer = await stage.press('engineer', id, 'pim.end', { ref });
    assert.match(readIn(answer), /Ended\nGroups Administrator/);
  });

  it('that Entra refuses with its own five minutes says so too', async () => {
    const { id } = await stage.activate('manager', 'incident-owner');
    await stage.advance('PT6M');
    const message = 'The Active duration is too short. Miniumum Required is 5 minutes.';
    await stage.fault({
      match: { service: 'graph', method: 'POST', path: 'ScheduleRequests' },
      do: { status: 400, body: { error: { code: 'ActiveDurationTooShort', message, innerError: {} } } },
    });
    const answer = await stage.press('manager', id, 'pim.end');
    assert.match(readIn(answer), /Entra does not end an activation in its first five minutes/);
    assert.match(readIn(answer), /Ready to use/);
  });
});
