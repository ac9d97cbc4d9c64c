import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { cardText } from '../support/card-text.js';
import { readIn, refOf } from '../support/on-card.js';
import { goodReason, openPimStage, type PimStage } from '../support/pim-stage.js';
import { until } from '../support/until.js';

const typed = { minutes: '60', reason: goodReason, ticketSystem: 'ServiceNow', ticketNumber: 'INC-4711' };

/** Teams delivers twice, two devices press, or the portal does: one thing happens, and it is shown everywhere. */
describe('one role, asked for or ended at the same time', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  beforeEach(() => stage.reset());
  afterEach(async () => {
    assert.deepEqual(
      (await stage.sent()).filter(({ token }) => token !== 'user'),
      [],
    );
  });
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  const landed = async (method: string) =>
    (await stage.sent()).filter((each) => each.method === method && each.status >= 200 && each.status < 300);

  for (const key of ['exchange-admin', 'platform-admins', 'blob-reader'] as const) {
    it(`Teams delivers the form of ${key} three times: one request, and no refusal`, async () => {
      const { id } = await stage.form('engineer', key);
      const before = (await stage.refusals()).length;
      const answer = await stage.press('engineer', id, 'pim.ask', typed, { deliver: 3 });
      assert.equal(answer.statusCode, 200, readIn(answer));
      assert.match(readIn(answer), /^(Waiting for approval|Almost ready|Ready to use)/);
      assert.equal((await stage.staged()).requests.length, 1);
      assert.deepEqual((await stage.refusals()).slice(before), []);
    });
  }

  it('an emergency role is asked for at once, and delivered three times: one request, and one alarm', async () => {
    const list = await stage.roles('engineer');
    const data = { role: await stage.data('security-admin'), ...typed };
    const answer = await stage.press('engineer', list.id, 'pim.ask', data, { deliver: 3 });
    assert.match(readIn(answer), /^(Almost ready|Ready to use)/);
    assert.equal((await stage.staged()).requests.length, 1);
    await stage.advance('PT20S');
    const alarms = (await stage.timeline('security')).filter(({ card }) =>
      cardText(card).includes('Ayumi Fernqvist'),
    );
    assert.equal(alarms.length, 1);
  });

  it('the form is sent from two messages at once: one request, and both show it', async () => {
    const [first, second] = [
      await stage.form('engineer', 'platform-admins'),
      await stage.form('engineer', 'platform-admins'),
    ];
    assert.equal(refOf(first.card), refOf(second.card), 'one form a person and role');
    const data = { ref: refOf(first.card), ...typed };
    const answers = await Promise.all(
      [first, second].map(({ id }) => stage.press('engineer', id, 'pim.ask', data)),
    );
    for (const answer of answers) assert.match(readIn(answer), /^Waiting/);
    assert.equal((await stage.staged()).requests.length, 1);
  });

  for (const [key, shows] of [
    ['platform-admins', /already|Waiting for approval/],
    ['exchange-admin', /You have this role now|already|Almost ready|Ready/],
  ] as const) {
    it(`the portal asks for ${key} while the form is on its way: one request, and it is shown`, async () => {
      const { id } = await stage.form('engineer', key);
      const post = { service: 'graph', method: 'POST', path: 'ScheduleRequests' };
      await stage.fault({ match: post, do: { delayMs: 1_200 } });
      const pressed = stage.press('engineer', id, 'pim.ask', typed);
      await until('Entra’s check under way', async () =>
        (await stage.requests('graph')).some(({ method, status }) => method === 'POST' && status === 0),
      );
      await stage.portal.ask('engineer', key);
      assert.match(readIn(await pressed), shows);
      assert.equal((await stage.staged()).requests.length, 1);
    });
  }

  it('Teams delivers the end three times: one end, and no refusal', async () => {
    const { id } = await stage.activate('engineer', 'exchange-admin');
    await stage.advance('PT6M');
    const posts = (await landed('POST')).length;
    const before = (await stage.refusals()).length;
    const answer = await stage.press('engineer', id, 'pim.end', {}, { deliver: 3 });
    assert.match(readIn(answer), /^Ended/);
    assert.equal((await landed('POST')).length, posts + 1);
    assert.deepEqual((await stage.refusals()).slice(before), []);
  });

  it('ended in the portal while it is ended here: it is over, and nobody reads of an error', async () => {
    const { id } = await stage.activate('engineer', 'exchange-admin');
    await stage.advance('PT6M');
    const post = { service: 'graph', method: 'POST', path: 'ScheduleRequests' };
    await stage.fault({ match: post, do: { delayMs: 800 } });
    const pressed = stage.press('engineer', id, 'pim.end');
    await until('the end under way', async () =>
      (await stage.requests('graph')).some(({ method, status }) => method === 'POST' && status === 0),
    );
    await stage.portal.end('engineer', 'exchange-admin');
    const answer = await pressed;
    assert.equal(answer.statusCode, 200, readIn(answer));
    await stage.advance('PT2M');
    await stage.says('engineer', id, /^Ended/);
  });

  it('taken back twice at once: one cancellation', async () => {
    const { id } = await stage.activate('engineer', 'platform-admins');
    const posts = (await landed('POST')).length;
    const answer = await stage.press('engineer', id, 'pim.cancel', {}, { deliver: 3 });
    assert.match(cardText(answer.value), /^Taken back/);
    assert.equal((await landed('POST')).length, posts + 1);
  });
});
