import assert from 'node:assert/strict';
import { readIn } from '../support/on-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';

const needless = { ticketSystem: '', ticketNumber: '' };

describe('pim.ask when the rules change between form and press', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  it('a shorter window, a ticket and a reason that are new are asked for, not fallen over', async () => {
    const { id } = await stage.form('engineer', 'exchange-admin');
    const rules = { target: 'exchange-admin', longest: 'PT30M', enabled: ['Justification', 'Ticketing'] };
    await stage.post('/pim/rules', rules);
    const answer = await stage.send('engineer', id, needless);
    assert.match(readIn(answer), /longer than this role allows/);
    assert.match(readIn(answer), /Please write the number of your ticket/);
    assert.match(readIn(answer), /At most\n30 minutes/);
    assert.deepEqual(await stage.refusals(), ['pim.form']);
    assert.deepEqual(await stage.sent(), []);
  });

  it('an approval that is new makes it a request that waits', async () => {
    const { id } = await stage.form('engineer', 'exchange-admin');
    await stage.post('/pim/rules', { target: 'exchange-admin', approvers: ['manager'] });
    const answer = await stage.send('engineer', id, { minutes: '30' });
    assert.match(readIn(answer), /Waiting for approval/);
    await stage.decideCard('manager', /Exchange Administrator/);
  });

  it('an eligibility that has ended is said in one sentence', async () => {
    const { id } = await stage.form('engineer', 'power-platform');
    await stage.post('/pim/eligible', { person: 'engineer', target: 'power-platform', eligible: false });
    const before = (await stage.sent()).length;
    const answer = await stage.send('engineer', id);
    assert.match(readIn(answer), /You are not eligible for this role, or not any more/);
    assert.equal((await stage.refusals()).at(-1), 'pim.not-eligible');
    assert.equal((await stage.sent()).length, before);
  });

  it('the same that was asked for in the portal meanwhile: the card shows that request', async () => {
    const { id } = await stage.form('engineer', 'groups-admin');
    await stage.portal.ask('engineer', 'groups-admin');
    const before = (await stage.sent()).length;
    const answer = await stage.send('engineer', id);
    assert.match(readIn(answer), /Waiting for approval\nGroups Administrator/);
    assert.equal((await stage.refusals()).at(-1), 'pim.asked-already');
    assert.equal((await stage.sent()).length, before);
  });

  it('a guest is turned away where the tier wants none', async () => {
    const { id } = await stage.form('guest', 'connector-operators');
    const before = (await stage.sent()).length;
    const answer = await stage.send('guest', id);
    assert.match(readIn(answer), /Guests do not activate this role here/);
    assert.equal((await stage.refusals()).at(-1), 'pim.no-guests');
    assert.equal((await stage.sent()).length, before);
  });
});
