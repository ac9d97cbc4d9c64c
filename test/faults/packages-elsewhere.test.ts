import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn, refOf } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';
import { until } from '../support/until.js';

const yes = 'I know of the project and looked at it';
const no = 'Not before the audit of next week';
const patch = { service: 'graph', method: 'PATCH' };

/** Decided in the portal, or by two at once: one thing happens, and everybody reads which. */
describe('a request that somebody else decides', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  beforeEach(() => stage.reset());
  afterEach(async () => {
    assert.ok((await stage.sent()).every(({ token }) => token === 'user'));
  });
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  const landed = async () =>
    (await stage.sent()).filter(({ method, status }) => method === 'PATCH' && status >= 200 && status < 300);
  const underWay = (fits: RegExp) =>
    until(`${fits} under way`, async () =>
      (await stage.sent()).some(({ method, path }) => fits.test(`${method} ${path}`)),
    );
  const hasCard = async (person: string) =>
    (await stage.timeline(person)).some(({ card }) => hasButton(card, 'packages.approve'));

  it('the first of two stages in the portal: settled within a minute, and the next is asked', async () => {
    const { id: mine } = await stage.ask('engineer', 'redteam');
    const card = await stage.decideCard('manager');
    assert.equal(await hasCard('security'), false);
    await stage.portal.approve('manager', (await stage.portal.newest('engineer')).id, yes);
    await stage.advance('PT1M');
    await stage.says('manager', card.id, /^Approved for now by you/);
    assert.match(cardText((await stage.decideCard('security')).card), new RegExp(yes));
    await stage.says('engineer', mine, /Ingrid Balasuntharam/);
  });

  it('the second stage in the portal: everybody’s card is settled within a minute', async () => {
    const { id: mine } = await stage.ask('finance', 'redteam');
    const first = await stage.decideCard('manager');
    await stage.press('manager', first.id, 'packages.approve', { comment: yes });
    const second = await stage.decideCard('security');
    await stage.portal.deny('security', (await stage.portal.newest('finance')).id, no);
    await stage.advance('PT1M');
    await stage.says('security', second.id, /^Denied/);
    await stage.says('finance', mine, /^Denied/);
    assert.ok(!hasButton((await stage.entry('security', second.id)).card, 'packages.approve'));
  });

  it('nobody decides in time: whoever it escalates to is asked once, and may decide', async () => {
    await stage.ask('engineer', 'redteam');
    const first = await stage.decideCard('manager');
    await stage.press('manager', first.id, 'packages.approve', { comment: yes });
    await stage.decideCard('security');
    assert.equal(await hasCard('appowner'), false);
    await stage.advance('P2DT1M');
    const later = await stage.decideCard('appowner');
    await stage.advance('PT1M');
    const all = (await stage.timeline('appowner')).filter(({ card }) => hasButton(card, 'packages.approve'));
    assert.equal(all.length, 1);
    const answer = await stage.press('appowner', later.id, 'packages.approve', { comment: yes });
    assert.match(readIn(answer), /^Approved by you/);
    // Reminded meanwhile, it is in a newer message.
    await stage.card('security', /^Approved by Wanjiru Halvorsen/);
    assert.equal(await hasCard('security'), false);
  });

  it('two approvers of one stage press opposite answers while Entra is slow: the first one’s word stands', async () => {
    const { id: mine } = await stage.ask('starter', 'elevated');
    const [one, two] = [await stage.decideCard('security'), await stage.decideCard('appowner')];
    await stage.fault({ match: patch, do: { delayMs: 200 } });
    const [approved, denied] = await Promise.all([
      stage.press('security', one.id, 'packages.approve', { comment: yes }),
      stage.press('appowner', two.id, 'packages.deny', { comment: no }),
    ]);
    const [write, ...more] = await landed();
    assert.deepEqual(more, []);
    const yesWon = JSON.stringify(write?.body).includes(yes);
    const [winner, loser] = yesWon ? [approved, denied] : [denied, approved];
    assert.match(readIn(winner), yesWon ? /^Approved by you/ : /^Denied by you/);
    assert.match(readIn(loser), yesWon ? /^Approved by Ingrid/ : /^Denied by Wanjiru/);
    assert.ok(!hasButton(loser.value, 'packages.approve'));
    await stage.says('starter', mine, new RegExp(yesWon ? yes : no));
  });

  it('approved while its requester takes it back: what Entra has is on both cards', async () => {
    const { id: mine } = await stage.ask('finance', 'standard');
    const card = await stage.decideCard('manager');
    await stage.says('finance', mine, /^Waiting/);
    const data = { ref: refOf((await stage.entry('finance', mine)).card) };
    const [approved, cancelled] = await Promise.all([
      stage.press('manager', card.id, 'packages.approve', { comment: yes }),
      stage.press('finance', mine, 'packages.cancel', data),
    ]);
    const { state } = await stage.portal.newest('finance');
    assert.doesNotMatch(`${readIn(approved)}${readIn(cancelled)}`, /Conflict|InvalidRequest|undefined/);
    await stage.advance('PT1M');
    await stage.says(
      'finance',
      mine,
      state === 'canceled' ? /^Cancelled/ : /^(Being set up|You have access)/,
    );
    await stage.says('manager', card.id, state === 'canceled' ? /^Cancelled/ : /^Approved by you/);
    assert.equal((await landed()).length, state === 'canceled' ? 0 : 1);
  });

  it('the first stage is decided in the portal while it is denied here: the second is not touched', async () => {
    await stage.ask('helpdesk', 'redteam');
    const card = await stage.decideCard('security', /Tomasz/);
    const { id } = await stage.portal.newest('helpdesk');
    await stage.fault({ match: patch, do: { delayMs: 600 } });
    const pressed = stage.press('security', card.id, 'packages.deny', { comment: no });
    await underWay(/^PATCH/);
    await stage.portal.approve('security', id, yes);
    assert.match(readIn(await pressed), /^Approved for now by you/);
    assert.equal((await stage.portal.newest('helpdesk')).state, 'pendingApproval');
    // The same person decides the second stage too, on a card of its own.
    const next = await until('a card for the second stage', async () =>
      (await stage.timeline('security')).find(
        (each) => each.id !== card.id && hasButton(each.card, 'packages.deny'),
      ),
    );
    assert.match(cardText(next.card), /2 of 2/);
    assert.equal(
      readIn(await stage.press('security', next.id, 'packages.deny', { comment: no })).split('\n')[0],
      'Denied by you',
    );
  });
});
