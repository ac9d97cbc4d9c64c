import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { readIn, refOf } from '../support/on-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';

/** Entra stumbles while somebody gives a role back, or takes a request back: it happens once, and the card says so. */
describe('ending a role when Entra is in trouble', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  beforeEach(() => stage.reset());
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  for (const afterEffect of [false, true]) {
    const when = afterEffect ? 'after' : 'before';
    it(`taking it back: an answer lost ${when} the effect`, async () => {
      const { id: mine } = await stage.activate('engineer', 'platform-admins');
      const { id } = await stage.decideCard('manager');
      await stage.fault({
        match: { service: 'graph', method: 'POST', path: '/cancel' },
        do: { drop: true, afterEffect },
      });
      const ref = refOf((await stage.entry('engineer', mine)).card);
      const answer = await stage.press('engineer', mine, 'pim.cancel', { ref });
      if (!/^Taken back/.test(readIn(answer))) await stage.press('engineer', mine, 'pim.cancel', { ref });
      await stage.says('engineer', mine, /^Taken back/);
      await stage.says('manager', id, /^Taken back/);
      assert.match((await stage.request('engineer', 'platform-admins')).status, /^Cancel/);
    });
    it(`ending it: an answer lost ${when} the effect`, async () => {
      const { id } = await stage.activate('engineer', 'exchange-admin');
      await stage.advance('PT6M');
      const end = { service: 'graph', method: 'POST', path: 'ScheduleRequests' };
      await stage.fault({ match: end, do: { drop: true, afterEffect } });
      const ref = refOf((await stage.entry('engineer', id)).card);
      const answer = await stage.press('engineer', id, 'pim.end', { ref });
      if (!/^Ended/.test(readIn(answer))) await stage.press('engineer', id, 'pim.end', { ref });
      await stage.says('engineer', id, /^Ended/);
      const ends = (await stage.staged()).requests.filter(({ action }) => action === 'selfDeactivate');
      assert.equal(ends.length, 1);
    });
  }
});
