import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { readIn } from '../support/on-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';

const comment = 'I know of the incident and looked at the ticket';

/** Teams waits ten seconds for an answer. What Entra takes longer for goes on, and the card follows. */
describe('a role when Entra is slow', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  it('says at once that it is under way, and later how it went, for whoever asks and whoever decides', async () => {
    await stage.activate('engineer', 'platform-admins');
    const card = await stage.decideCard('manager');
    const form = await stage.form('engineer', 'exchange-admin');
    // Each call alone is within its limit; together they are more than Teams waits for.
    const slow = { delayMs: 4_400 };
    for (const [method, path] of [
      ['GET', "filterByCurrentUser(on='approver')"],
      ['PATCH', '/steps/'],
      ['POST', '/roleAssignmentScheduleRequests'],
    ] as const) {
      await stage.fault({ match: { service: 'graph', method, path }, do: slow, times: 2 });
    }
    const [asked, decided] = await Promise.all([
      stage.send('engineer', form.id),
      stage.press('manager', card.id, 'pim.approve', { comment }),
    ]);
    assert.match(readIn(asked), /^Being sent/);
    assert.match(readIn(decided), /^Being recorded/);
    await stage.says('engineer', form.id, /^(Almost ready|Ready to use)/);
    await stage.says('manager', card.id, /^Approved by you/);
    assert.equal((await stage.staged()).requests.length, 2);
  });
});
