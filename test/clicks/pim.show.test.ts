import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { cardOf, hasButton, readIn, refOf } from '../support/on-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';
import { until } from '../support/until.js';

describe('pim.show of what runs', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  it('says that it is not ready until a look has found it', async () => {
    await stage.post('/pim/settings', { readyLag: 'PT10M' });
    const { id } = await stage.activate('engineer', 'exchange-admin', { minutes: '30' });
    await stage.advance('PT5S');
    const text = readIn(await stage.look('engineer', id));
    assert.match(text, /Almost ready\nExchange Administrator[\s\S]*It does not work everywhere yet/);
    assert.doesNotMatch(text, /Ready to use|longer than usual/);
    assert.match(text, /Look again/);
  });

  it('gives advice on stale tokens when it takes long', async () => {
    await stage.advance('PT3M');
    const [{ id } = { id: '' }] = await cardsOf('engineer', /Exchange Administrator/);
    const text = await stage.says('engineer', id, /It takes longer than usual/);
    assert.match(text, /Sign out and in again in the program you want to use/);
    assert.match(text, /up to 5 minutes/);
  });

  it('becomes ready by itself', async () => {
    await stage.advance('PT10M');
    const [{ id } = { id: '' }] = await cardsOf('engineer', /Exchange Administrator/);
    assert.match(await stage.says('engineer', id, /Ready to use/), /I looked, and it works/);
    assert.match(readIn(await stage.look('engineer', id)), /1\d minutes left/);
    await stage.post('/pim/settings', { readyLag: 'PT2S' });
  });

  it('says when it ends soon, and that more time means activating again', async () => {
    await stage.advance('PT9M');
    const [{ id } = { id: '' }] = await cardsOf('engineer', /Exchange Administrator/);
    const text = await stage.says('engineer', id, /Ends soon/);
    assert.match(text, /Need more time\? Activate it again/);
    assert.match(text, /You will be without it for about a minute/);
  });

  it('says when the time is over, and offers nothing but to begin again', async () => {
    await stage.settled('engineer');
    await stage.advance('PT10M');
    const [{ id } = { id: '' }] = await cardsOf('engineer', /Exchange Administrator/);
    const text = await stage.says('engineer', id, /Ended/);
    assert.match(text, /The time is over, and you no longer have it/);
    const { card } = await stage.entry('engineer', id);
    assert.ok(hasButton(card, 'pim.form'));
    assert.ok(!hasButton(card, 'pim.end') && !hasButton(card, 'pim.cancel'));
  });

  it('shows each time in the form that Teams can read', async () => {
    const { id } = await stage.activate('engineer', 'power-platform');
    const text = JSON.stringify((await stage.entry('engineer', id)).card);
    assert.deepEqual(text.match(/\{\{(DATE|TIME)\([^)]*\.\d+Z[^)]*\)\}\}/g) ?? [], []);
  });

  it('costs Entra no look while nothing is to be expected', async () => {
    const [{ id } = { id: '' }] = await cardsOf('engineer', /Power Platform Administrator/);
    await stage.ready('engineer', id);
    await stage.advance('PT6M');
    await stage.advance('PT20S');
    const { id: role } = await stage.target('power-platform');
    const looks = async (): Promise<number> =>
      (await stage.requests('graph')).filter(({ path }) => path.includes(role)).length;
    await until('no look to be due', async () => {
      const { db } = stage.store();
      const kinds = ['pim.follow', 'card.deliver'];
      const jobs = await db.selectFrom('jobs').select('run_at').where('kind', 'in', kinds).execute();
      const soon = (await stage.now()).getTime() + 2 * 60_000;
      return jobs.every(({ run_at }) => run_at > soon);
    });
    // What the card's own client asks for by itself, because the card changed, is no look of ours.
    await stage.settled('engineer');
    const before = await looks();
    for (const _ of [1, 2, 3]) await stage.advance('PT20S');
    assert.equal(await looks(), before);
  });

  it('notices an end in the portal within a minute, by the log, and says whose it was', async () => {
    const { id } = await stage.activate('engineer', 'security-admin');
    await stage.ready('engineer', id);
    await stage.advance('PT6M');
    await stage.portal.end('engineer', 'security-admin');
    await stage.advance('PT20S');
    await stage.advance('PT20S');
    await stage.advance('PT20S');
    assert.match(await stage.says('engineer', id, /^Ended/m), /You ended it/);
  });

  it('says that Entra gave up, and how to try again', async () => {
    await stage.post('/pim/settings', { submitLag: 'PT10M' });
    const { id } = await stage.activate('engineer', 'groups-admin').then(async (sent) => {
      const { id: request } = await stage.request('engineer', 'groups-admin');
      await stage.portal.approve('security', request);
      return sent;
    });
    const mine =
      "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests/filterByCurrentUser(on='principal')";
    const { value } = await stage.portal.graph('engineer', 'GET', mine);
    const failed = value.map((each: object) => ({ ...each, status: 'Failed' }));
    await stage.fault({
      match: { service: 'graph', method: 'GET', path: 'roleAssignmentScheduleRequests/filterByCurrentUser' },
      do: { status: 200, body: { value: failed } },
      // The card's own client looks too, because the card changed.
      times: 10,
    });
    const text = readIn(await stage.look('engineer', id));
    await stage.clearFaults();
    await stage.post('/pim/settings', { submitLag: 'PT0S' });
    assert.match(
      text,
      /Not activated\nGroups Administrator[\s\S]*Entra did not activate it\. You can try again/,
    );
  });

  it('is shown to nobody else', async () => {
    const [{ card } = { card: undefined }] = await cardsOf('engineer', /Security Administrator/);
    const list = await stage.roles('finance');
    const answer = await stage.press('finance', list.id, 'pim.show', { ref: refOf(card) });
    assert.doesNotMatch(readIn(answer), /Security Administrator/);
    assert.deepEqual(await stage.refusals(), ['flows.not-your-card']);
  });

  const cardsOf = async (person: string, fits: RegExp) =>
    (await stage.timeline(person)).filter(({ card }) => card !== undefined && fits.test(cardText(card)));
});

describe('pim.show of what waits', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  it('decided in the portal settles everybody within a minute, with the words of whoever decided', async () => {
    const { id } = await stage.activate('engineer', 'platform-admins');
    const cards = [await stage.decideCard('manager'), await stage.decideCard('appowner')];
    const request = await stage.request('engineer', 'platform-admins');
    await stage.portal.approve('manager', request.id, 'Looked at the index myself');
    for (const _ of [1, 2, 3]) await stage.advance('PT20S');
    const text = await stage.says('engineer', id, /Ready to use/);
    assert.match(text, /Olumide Castellane approved it and writes:\nLooked at the index myself/);
    assert.match(await stage.says('manager', cards[0]?.id ?? '', /Approved by you/), /Looked at the index/);
    assert.match(
      await stage.says('appowner', cards[1]?.id ?? '', /Approved by Olumide/),
      /Looked at the index/,
    );
    assert.ok(!hasButton((await stage.entry('appowner', cards[1]?.id ?? '')).card, 'pim.approve'));
  });

  it('denied in the portal says by whom and why', async () => {
    const { id } = await stage.activate('engineer', 'ai-admin');
    const card = await stage.decideCard('manager', /AI Administrator/);
    const request = await stage.request('engineer', 'ai-admin');
    await stage.portal.deny('security', request.id, 'Please use the test tenant');
    for (const _ of [1, 2, 3]) await stage.advance('PT20S');
    const text = await stage.says('engineer', id, /Denied[\s\S]*Please use the test tenant/);
    assert.match(text, /Ingrid Balasuntharam denied it and writes:/);
    await stage.says('manager', card.id, /Denied by Ingrid Balasuntharam/);
  });

  it('a denial that its asker sees first is told with its words as soon as the log has them', async () => {
    const { id } = await stage.activate('engineer', 'groups-admin');
    const request = await stage.request('engineer', 'groups-admin');
    await stage.portal.deny('security', request.id, 'Not this week');
    assert.match(readIn(await stage.look('engineer', id)), /Denied/);
    for (const _ of [1, 2, 3]) await stage.advance('PT20S');
    assert.match(await stage.says('engineer', id, /Not this week/), /Ingrid Balasuntharam denied it/);
  });

  it('not decided for a day: both sides read that, in Entra roles and in Azure', async () => {
    const entra = await stage.activate('helpdesk', 'global-reader');
    const azure = await stage.activate('engineer', 'cognitive');
    const cards = [
      ['security', (await stage.decideCard('security', /Global Reader/)).id],
      ['appowner', (await stage.decideCard('appowner', /Cognitive/)).id],
    ] as const;
    await stage.advance('PT24H');
    await stage.advance('PT40M');
    const text = await stage.says('helpdesk', entra.id, /Not decided in time/);
    assert.match(text, /Nobody decided within 24 hours\. Nothing was activated\. You can ask again/);
    await stage.says('engineer', azure.id, /Not decided in time/);
    for (const [person, id] of cards) await stage.says(person, id, /Not decided in time/);
    assert.match(readIn(await stage.look('helpdesk', entra.id)), /Not decided in time/);
  });

  it('taken back in the portal a moment ago: its approver reads that it does not wait for them', async () => {
    await stage.activate('engineer', 'groups-admin');
    const card = await stage.decideCard('security', /Groups Administrator/);
    await stage.portal.cancel('engineer', (await stage.request('engineer', 'groups-admin')).id);
    const answer = await stage.look('security', card.id);
    assert.match(readIn(answer), /This does not wait for you now: it was taken back or is over/);
    assert.doesNotMatch(readIn(answer), /You are asked because|decides this in Entra/);
    assert.ok(!hasButton(answer.value, 'pim.approve'));
    for (const _ of [1, 2, 3]) await stage.advance('PT20S');
    await stage.says('security', card.id, /^Taken back/);
  });

  it('a request made in the portal reaches its approvers, and they can read it in full', async () => {
    await stage.portal.ask('guest', 'connector-operators', {
      minutes: 90,
      reason: 'Repairing the connector',
    });
    await stage.advance('PT20S');
    await stage.advance('PT20S');
    const entry = await stage.card(
      'appowner',
      /Rafael Dunmore-Tiwari asks for AI Retrieval Connector Operators/,
    );
    const answer = await stage.look('appowner', entry.id);
    const text = readIn(answer);
    assert.match(text, /Repairing the connector/);
    assert.match(text, /1 hour 30 minutes/);
    assert.ok(hasButton(cardOf(answer), 'pim.approve'));
  });
});
