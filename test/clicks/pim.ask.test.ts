import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { cardOf, hasButton, readIn } from '../support/on-card.js';
import { goodReason, openPimStage, type PimStage } from '../support/pim-stage.js';

describe('pim.ask', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  it('lets Entra check the form first, and then sends exactly what was typed, in the own name', async () => {
    const { id, answer } = await stage.activate('engineer', 'exchange-admin', { minutes: '30' });
    assert.match(readIn(answer), /Almost ready|Ready to use/);
    const calls = (await stage.requests('graph')).filter(
      ({ method, path }) => method === 'POST' && path.includes('roleAssignmentScheduleRequests'),
    );
    assert.equal(calls.length, 2);
    const [check, real] = calls.map(({ body }) => body as Record<string, unknown>);
    assert.equal(check?.isValidationOnly, true);
    assert.notEqual(real?.isValidationOnly, true);
    assert.equal(calls[1]?.user, stage.idOf('engineer'));
    assert.match(JSON.stringify(real), /"duration":"PT30M"/);
    const { justification, minutes, ticket } = await stage.request('engineer', 'exchange-admin');
    assert.deepEqual(
      { justification, minutes, ticket },
      {
        justification: goodReason,
        minutes: 30,
        ticket: 'ServiceNow INC-4711',
      },
    );
    const text = await stage.ready('engineer', id);
    assert.match(text, /Your reason: \nRebuilding the retrieval index/);
    assert.match(text, /End it now/);
  });

  it('pressed three times at once is one request, and every answer shows it', async () => {
    const before = (await stage.sent()).length;
    const { id } = await stage.form('engineer', 'security-admin');
    const typed = { minutes: '60', reason: goodReason };
    const answer = await stage.press('engineer', id, 'pim.ask', typed, { deliver: 3 });
    assert.match(readIn(answer), /Security Administrator/);
    await stage.ready('engineer', id);
    assert.equal((await stage.sent()).length - before, 1);
  });

  it('pressed again on a device that still shows the form is the same request', async () => {
    const before = (await stage.sent()).length;
    const form = await stage.form('engineer', 'power-platform');
    const data = cardActions(form.card).find(({ verb }) => verb === 'pim.ask')?.data;
    await stage.send('engineer', form.id);
    await stage.ready('engineer', form.id);
    const again = await stage.press('engineer', form.id, 'pim.ask', {
      ...data,
      minutes: '30',
      reason: goodReason,
    });
    assert.match(readIn(again), /Ready to use\nPower Platform Administrator/);
    assert.equal((await stage.sent()).length - before, 1);
  });

  it('of an ordinary role pings nobody', async () => {
    for (const person of ['manager', 'security', 'appowner']) {
      const cards = (await stage.timeline(person)).filter(({ card }) =>
        /Exchange|Power Plat/.test(cardText(card)),
      );
      assert.deepEqual(cards, []);
    }
  });

  it('a role that waits for an approval says for whom and until when, and nobody has it', async () => {
    const { id, answer } = await stage.activate('engineer', 'platform-admins');
    assert.match(readIn(answer), /Waiting for approval\nAI Platform Admins[\s\S]*Nothing is active yet/);
    const text = await stage.says('engineer', id, /Who decides/);
    assert.match(text, /Who decides\nOlumide Castellane, Wanjiru Halvorsen/);
    assert.match(text, /Open until\n\{\{DATE\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ, SHORT\)\}\}/);
    assert.match(text, /Take it back/);
    assert.ok(!hasButton((await stage.entry('engineer', id)).card, 'pim.end'));
  });

  it('for later is planned, starts by itself at its hour, and is ready then', async () => {
    const start = await stage.now();
    start.setUTCSeconds(0, 0);
    start.setUTCHours(start.getUTCHours() + 3);
    const wall = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/Vienna',
      dateStyle: 'short',
      timeStyle: 'short',
    }).format(start);
    const [startDate = '', startTime = ''] = wall.split(' ');
    const { id, answer } = await stage.activate('engineer', 'blob-reader', { startDate, startTime });
    assert.match(readIn(answer), /Planned for later\nStorage Blob Data Reader/);
    assert.match(readIn(answer), /Starts\n\{\{DATE\(/);
    assert.equal((await stage.request('engineer', 'blob-reader')).status, 'Granted');
    assert.equal((await stage.request('engineer', 'blob-reader')).startsAt, start.toISOString());
    assert.ok(hasButton((await stage.entry('engineer', id)).card, 'pim.cancel'));
    await stage.advance('PT3H');
    await stage.look('engineer', id);
    await stage.says('engineer', id, /Almost ready|Ready to use/);
  });

  it('Entra that takes its time to set it up: accepted and not active yet, then ready', async () => {
    await stage.post('/pim/settings', { submitLag: 'PT10S' });
    const { id, answer } = await stage.activate('manager', 'incident-owner');
    assert.match(
      readIn(answer),
      /About to start\nAI Incident Responders\nGroup, as its owner[\s\S]*It is not active yet/,
    );
    await stage.advance('PT20S');
    assert.match(await stage.says('manager', id, /Ready to use/), /AI Incident Responders/);
    await stage.post('/pim/settings', { submitLag: 'PT0S' });
  });

  it('the lost answer of the POST is found again: one request', async () => {
    const before = (await stage.sent()).length;
    const { id } = await stage.form('helpdesk', 'global-reader');
    await stage.fault({
      match: { service: 'graph', method: 'POST', path: 'roleAssignmentScheduleRequests' },
      do: { delayMs: 1 },
    });
    await stage.fault({
      match: { service: 'graph', method: 'POST', path: 'roleAssignmentScheduleRequests' },
      do: { drop: true, afterEffect: true },
    });
    const answer = await stage.send('helpdesk', id);
    assert.match(readIn(answer), /Waiting for approval\nGlobal Reader/);
    assert.equal((await stage.sent()).length - before, 1);
    await stage.decideCard('security', /Tomasz Okonjeva asks for Global Reader/);
  });

  it('an Entra that is down says so, and the same button works when it is back', async () => {
    const { id } = await stage.form('engineer', 'groups-admin');
    await stage.fault({
      match: { service: 'graph', method: 'POST', path: 'roleAssignmentScheduleRequests' },
      do: { status: 503, retryAfter: 60 },
      times: 20,
    });
    const down = await stage.send('engineer', id);
    assert.doesNotMatch(readIn(down), /Waiting for approval/);
    await stage.clearFaults();
    await stage.advance('PT2M');
    const up = await stage.send('engineer', id);
    assert.match(readIn(up), /Waiting for approval\nGroups Administrator/);
  });
});

describe('pim.ask for what is active', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  it('ends the running time first and begins a new one, in that order', async () => {
    const { id } = await stage.activate('engineer', 'exchange-admin', { minutes: '30' });
    await stage.ready('engineer', id);
    await stage.advance('PT6M');
    await stage.press('engineer', id, 'pim.form');
    const form = await stage.card('engineer', /End it and activate again/);
    const answer = await stage.send('engineer', form.id, { minutes: '60' });
    assert.match(readIn(answer), /Almost ready|Ready to use|Being sent/);
    await stage.ready('engineer', form.id);
    const actions = (await stage.sent()).map(({ body }) => (body as { action: string }).action);
    assert.deepEqual(actions, ['selfActivate', 'selfDeactivate', 'selfActivate']);
    assert.match(await stage.says('engineer', id, /Ended/), /Exchange Administrator/);
  });

  it('is refused in its first five minutes, and the running time goes on', async () => {
    const { id } = await stage.activate('engineer', 'security-admin');
    await stage.ready('engineer', id);
    const before = (await stage.sent()).length;
    await stage.press('engineer', id, 'pim.form');
    const form = await stage.card('engineer', /End it and activate again/);
    const answer = await stage.send('engineer', form.id);
    assert.match(readIn(answer), /Entra does not end an activation in its first five minutes/);
    assert.deepEqual(await stage.refusals(), ['pim.too-soon']);
    assert.equal((await stage.sent()).length, before);
    assert.match(await stage.text('engineer', id), /Ready to use/);
  });
});

describe('pim.ask in Azure', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  it('asks, is approved, works, and is given back', async () => {
    const { id, answer } = await stage.activate('engineer', 'cognitive');
    assert.match(readIn(answer), /Waiting for approval\nCognitive Services Contributor/);
    await stage.says('engineer', id, /Who decides\nWanjiru Halvorsen/);
    const card = await stage.decideCard('appowner', /asks for Cognitive Services Contributor/);
    const approved = await stage.press('appowner', card.id, 'pim.approve', { comment: 'Go ahead' });
    assert.match(readIn(approved), /Approved by you/);
    await stage.advance('PT5S');
    await stage.look('engineer', id);
    const text = await stage.says('engineer', id, /Ready to use|Almost ready/);
    assert.match(text, /Go ahead/);
    await stage.look('engineer', id);
    await stage.ready('engineer', id);
    await stage.advance('PT6M');
    const ended = await stage.press('engineer', id, 'pim.end');
    assert.match(readIn(ended), /You ended it/);
    const { targets } = await stage.staged();
    assert.ok(targets.length > 0);
    assert.equal((await stage.request('engineer', 'cognitive')).status, 'Revoked');
  });

  it('made in the portal is found by its approver under what waits for them', async () => {
    const id = await stage.portal.ask('engineer', 'cognitive');
    const list = await stage.roles('appowner', 'approvals');
    assert.match(cardText(list.card), /Ayumi Fernqvist\nasks for Cognitive Services Contributor/);
    const opened = await stage.press('appowner', list.id, 'pim.approval', { kind: 'azure', id });
    assert.ok(hasButton(cardOf(opened), 'pim.approve'));
  });
});
