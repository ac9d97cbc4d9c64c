import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { dataOf, hasButton, readIn } from '../support/on-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';
import { until } from '../support/until.js';

const yes = 'I know of the incident and looked at the ticket';
const no = 'Not before the release of tomorrow morning';
const patch = { service: 'graph', method: 'PATCH' };

/** Two people, two devices, or the portal at the same moment: one thing happens, and everybody reads which. */
describe('one request, decided at the same time', () => {
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
  const stepOf = async (key: string) => (await stage.request('engineer', key)).step;
  const underWay = (method: string) =>
    until(`a ${method} under way`, async () => (await stage.sent()).some((each) => each.method === method));

  for (const delayMs of [0, 300]) {
    it(`two approvers press opposite answers${delayMs > 0 ? ', while Entra is slow' : ''}: the first one’s word stands`, async () => {
      const { id } = await stage.activate('engineer', 'platform-admins');
      const [managers, owners] = [await stage.decideCard('manager'), await stage.decideCard('appowner')];
      if (delayMs > 0) await stage.fault({ match: patch, do: { delayMs } });
      const [one, other] = await Promise.all([
        stage.press('manager', managers.id, 'pim.approve', { comment: yes }),
        stage.press('appowner', owners.id, 'pim.deny', { comment: no }),
      ]);
      assert.equal((await landed('PATCH')).length, 1);
      const approved = (await stepOf('platform-admins'))?.result === 'Approved';
      const [word, by] = approved ? [yes, 'Olumide Castellane'] : [no, 'Wanjiru Halvorsen'];
      const [winner, loser] = approved ? [one, other] : [other, one];
      assert.match(readIn(winner), approved ? /^Approved by you/ : /^Denied by you/);
      for (const part of [by, word]) assert.ok(readIn(loser).includes(part), readIn(loser));
      assert.ok(!hasButton(loser.value, 'pim.approve'));
      assert.deepEqual(
        (await stage.refusals()).slice(-1).filter((code) => code !== 'pim.settled'),
        [],
      );
      await stage.says('engineer', id, new RegExp(word));
    });
  }

  it('two approvers agree at once: one decision, and both read whose it is', async () => {
    await stage.activate('engineer', 'platform-admins');
    const [managers, owners] = [await stage.decideCard('manager'), await stage.decideCard('appowner')];
    const answers = await Promise.all([
      stage.press('manager', managers.id, 'pim.approve', { comment: yes }),
      stage.press('appowner', owners.id, 'pim.approve', { comment: 'Fine with me too' }),
    ]);
    assert.equal((await landed('PATCH')).length, 1);
    const texts = answers.map(readIn);
    assert.equal(texts.filter((text) => text.startsWith('Approved by you')).length, 1, texts.join('\n---\n'));
    assert.equal(texts.filter((text) => /^Approved by (Olumide|Wanjiru)/.test(text)).length, 1);
  });

  for (const verb of ['pim.approve', 'pim.deny'] as const) {
    it(`Teams delivers ${verb} three times: one decision, and no refusal`, async () => {
      await stage.activate('engineer', 'platform-admins');
      const card = await stage.decideCard('manager');
      const before = (await stage.refusals()).length;
      const answer = await stage.press('manager', card.id, verb, { comment: yes }, { deliver: 3 });
      assert.match(readIn(answer), /^(Approved|Denied) by you/);
      assert.equal((await landed('PATCH')).length, 1);
      assert.deepEqual((await stage.refusals()).slice(before), []);
    });
  }

  it('approved in the portal while it is denied here: what Entra recorded is shown', async () => {
    const { id } = await stage.activate('engineer', 'platform-admins');
    const card = await stage.decideCard('manager');
    const request = (await stage.request('engineer', 'platform-admins')).id;
    await stage.fault({ match: patch, do: { delayMs: 800 } });
    const pressed = stage.press('manager', card.id, 'pim.deny', { comment: no });
    await underWay('PATCH');
    await stage.portal.approve('appowner', request, 'Go ahead');
    const answer = await pressed;
    assert.match(readIn(answer), /^Approved by Wanjiru Halvorsen[\s\S]*Go ahead/);
    assert.equal((await stepOf('platform-admins'))?.result, 'Approved');
    await stage.says('engineer', id, /Wanjiru Halvorsen/);
  });

  it('approved in the portal while we look whether it waits: the approver reads who was faster', async () => {
    await stage.activate('engineer', 'platform-admins');
    const card = await stage.decideCard('manager');
    const request = (await stage.request('engineer', 'platform-admins')).id;
    const looks = async () =>
      (await stage.requests('graph')).filter(({ path }) => path.includes('filterByCurrentUser'));
    await Promise.all([stage.settled('manager'), stage.settled('engineer'), stage.idle()]);
    const before = (await looks()).length;
    // Each look, also one that somebody's client begins by itself: else that one would have the delay.
    const slow = { match: { service: 'graph', path: 'filterByCurrentUser' }, do: { delayMs: 800 } };
    await stage.fault({ ...slow, times: 100 });
    const pressed = stage.press('manager', card.id, 'pim.deny', { comment: no });
    await until('the look', async () => (await looks()).length > before);
    await stage.portal.approve('appowner', request, 'Go ahead');
    assert.match(readIn(await pressed), /^Approved by Wanjiru Halvorsen[\s\S]*Go ahead/);
    await stage.clearFaults();
  });

  it('approved in the portal, and its asker looks while the approver does: the approver reads whose word it was', async () => {
    const { id } = await stage.activate('engineer', 'platform-admins');
    const card = await stage.decideCard('manager');
    const request = (await stage.request('engineer', 'platform-admins')).id;
    await stage.portal.approve('appowner', request, 'Go ahead');
    const steps = { service: 'graph', method: 'GET', path: '/assignmentApprovals/' };
    await stage.fault({ match: steps, do: { delayMs: 800, afterEffect: true } });
    const pressed = stage.press('manager', card.id, 'pim.deny', {
      ...dataOf(card.card, 'pim.deny'),
      comment: no,
    });
    await until('the look', async () =>
      (await stage.requests('graph')).some(({ path, status }) => path.includes(steps.path) && status === 0),
    );
    assert.doesNotMatch(readIn(await stage.look('engineer', id)), /Waiting for approval/);
    assert.match(readIn(await pressed), /^Approved by Wanjiru Halvorsen[\s\S]*Go ahead/);
  });

  for (const verb of ['pim.approve', 'pim.deny'] as const) {
    it(`taken back while it is decided (${verb}): asker and approver read the same end`, async () => {
      const { id } = await stage.activate('engineer', 'platform-admins');
      const card = await stage.decideCard('manager');
      await stage.fault({ match: patch, do: { delayMs: 200 } });
      const [cancelled, decided] = await Promise.all([
        stage.press('engineer', id, 'pim.cancel'),
        stage.press('manager', card.id, verb, { comment: yes }),
      ]);
      const { status } = await stage.request('engineer', 'platform-admins');
      assert.match(status, /^(Canceled|Provisioned|PendingProvisioning|Granted|Denied)/);
      const taken = status.startsWith('Cancel');
      assert.ok([200, 400].includes(cancelled.statusCode));
      assert.ok([200, 400].includes(decided.statusCode));
      await stage.advance('PT20S');
      const end = taken ? /^Taken back/ : verb === 'pim.approve' ? /Almost ready|Ready|Olumide/ : /Olumide/;
      await stage.says('engineer', id, end);
      await stage.says('manager', card.id, taken ? /^Taken back/ : /^(Approved|Denied) by/);
    });
  }
});
