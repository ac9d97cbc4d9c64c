import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { dataOf, hasButton, readIn } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';

describe('packages.approve', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  after(() => stage.close());

  const patches = async () => (await stage.sent()).filter(({ method }) => method === 'PATCH');

  it('delivered three times at once, and again after a restart, is one PATCH', async () => {
    await stage.ask('engineer', 'standard');
    const card = await stage.decideCard('manager', /Ayumi Fernqvist/);
    const { ref } = await stage
      .store()
      .db.selectFrom('cards')
      .select('ref')
      .where('kind', '=', 'packages.decide')
      .executeTakeFirstOrThrow();
    const data = { ref, comment: 'Fine' };
    const answer = await stage.press('manager', card.id, 'packages.approve', data, { deliver: 3 });
    assert.match(readIn(answer), /^Approved by you/);
    assert.equal((await patches()).length, 1);
    await stage.restartBot();
    const again = await stage.press('manager', card.id, 'packages.approve', data);
    assert.match(readIn(again), /^Approved by you/);
    assert.equal((await patches()).length, 1);
    assert.deepEqual(await stage.refusals(), [], 'what they wanted is so: nothing was refused');
    const other = await stage.press('manager', card.id, 'packages.deny', data);
    assert.match(readIn(other), /^Approved by you/);
    assert.deepEqual(await stage.refusals(), ['packages.settled']);
  });

  it('of the first of two stages passes it on: the card says with whom it is now, and nothing is granted', async () => {
    const { id } = await stage.ask('starter', 'workshop', {
      policy: 'For a project',
      answers: { project: 'NORD-12', site: 'VIE' },
    });
    const first = await stage.decideCard('manager', /Noor Achterberg/);
    const answer = await stage.press('manager', first.id, 'packages.approve', { comment: 'A good project' });
    assert.match(readIn(answer), /^Approved for now by you/);
    const passed = await stage.says('manager', first.id, /Now with Wanjiru Halvorsen/);
    assert.match(passed, /Nothing is granted before they decide\./);
    assert.equal(await stage.held('starter', 'workshop'), undefined);
    const second = await stage.decideCard('appowner', /Noor Achterberg/);
    const done = await stage.press('appowner', second.id, 'packages.approve', { comment: 'Welcome' });
    assert.match(readIn(done), /^Approved by you/);
    await stage.says('starter', id, /You have access/);
    await stage.says('manager', first.id, /^Approved/);
  });

  it('where the stage wants a reason: without one nothing is sent, with one it is recorded', async () => {
    await stage.ask('finance', 'redteam');
    const first = await stage.decideCard('manager', /Leilani Brandvold/);
    await stage.press('manager', first.id, 'packages.approve', { comment: 'Fine' });
    const card = await stage.decideCard('security', /Leilani Brandvold/);
    assert.match(cardText(card.card), /Comment to the requester\n/);
    const before = (await patches()).length;
    const empty = await stage.press('security', card.id, 'packages.approve', { comment: '  ' });
    assert.match(readIn(empty), /Not decided yet\nA word to the requester is needed/);
    assert.equal((await patches()).length, before);
    assert.deepEqual((await stage.refusals()).slice(-1), ['packages.comment']);
    const done = await stage.press('security', card.id, 'packages.approve', { comment: 'For the audit' });
    assert.match(readIn(done), /^Approved by you/);
    assert.match(JSON.stringify((await patches()).at(-1)?.body), /For the audit/);
  });

  it('by two approvers at once is one PATCH that counts, and both cards tell the same', async () => {
    const { id } = await stage.ask('helpdesk', 'elevated');
    const one = await stage.decideCard('security', /Tomasz Okonjeva/);
    const two = await stage.decideCard('appowner', /Tomasz Okonjeva/);
    const before = (await patches()).length;
    await Promise.all([
      stage.press('security', one.id, 'packages.approve', { comment: 'Yes from security' }),
      stage.press('appowner', two.id, 'packages.deny', { comment: 'No from the owner' }),
    ]);
    assert.equal((await patches()).filter(({ status }) => status < 300).length - before, 1);
    const settled = await stage.says('security', one.id, /Yes from security|No from the owner/);
    const [words = ''] = /Yes from security|No from the owner/.exec(settled) ?? [];
    await stage.says('appowner', two.id, new RegExp(words));
    await stage.says('helpdesk', id, new RegExp(words));
  });

  it('says how it stands when somebody else decided in the portal meanwhile', async () => {
    await stage.ask('manager', 'elevated');
    const card = await stage.decideCard('security', /Olumide Castellane/);
    const { id: request } = await stage.portal.newest('manager');
    await stage.portal.deny('appowner', request, 'Not this month');
    const answer = await stage.press('security', card.id, 'packages.approve', {
      // As they saw it: their client may show the news before they press.
      ...dataOf(card.card, 'packages.approve'),
      comment: 'Yes',
    });
    assert.match(readIn(answer), /^Denied by Wanjiru Halvorsen[\s\S]*Not this month/);
    assert.ok(!hasButton(answer.value, 'packages.approve'));
  });

  it('a start that was wished for later is planned, and the approver is told from when', async () => {
    const startDate = new Date((await stage.now()).getTime() + 5 * 86_400_000).toISOString().slice(0, 10);
    const { id } = await stage.ask('helpdesk', 'standard', { startDate });
    const card = await stage.decideCard('security', /Tomasz Okonjeva/);
    assert.match(cardText(card.card), /Wished from\n\{\{DATE/);
    await stage.press('security', card.id, 'packages.approve', { comment: 'Fine' });
    await stage.says('helpdesk', id, /Planned for later/);
  });
});
