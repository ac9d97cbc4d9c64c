import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { cardOf, hasButton, inputIn, readIn, refOf } from '../support/on-card.js';
import { goodReason, openPimStage, type PimStage } from '../support/pim-stage.js';

describe('pim.form', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  const textOf = async (key: string): Promise<string> => cardText((await stage.form('engineer', key)).card);

  it('says before the first press all that a privileged role asks for', async () => {
    const form = await stage.form('engineer', 'ai-admin');
    const text = cardText(form.card);
    assert.match(text, /Ask for AI Administrator\nEntra role · whole directory\n · Privileged/);
    assert.match(text, /Approval\nneeded, from Ingrid Balasuntharam, Olumide Castellane/);
    assert.match(text, /Sign-in\na stronger one; I ask you for it when you press/);
    assert.match(text, /Reason\nneeded, 40 characters or more/);
    assert.match(text, /Ticket\nneeded/);
    assert.match(text, /At most\n2 hours; Entra would allow 4 hours/);
    assert.match(text, /ServiceNow[\s\S]*Jira[\s\S]*Such as INC-4711/);
    assert.match(text, /Ask for it/);
  });

  it('never invents a ticket: the fields are empty', async () => {
    const form = await stage.form('engineer', 'ai-admin');
    assert.equal(inputIn(form.card, 'ticketNumber'), '');
    assert.equal(inputIn(form.card, 'ticketSystem'), '');
  });

  it('offers no longer window than the tier allows, and says what Entra would', async () => {
    const text = await textOf('exchange-admin');
    assert.match(text, /At most\n4 hours; Entra would allow 8 hours/);
    assert.doesNotMatch(text, /\n480\n/);
    assert.match(text, /Approval\nnot needed/);
    assert.doesNotMatch(text, /Where is the ticket/);
  });

  it('offers no longer window than Entra allows', async () => {
    await stage.post('/pim/rules', { target: 'exchange-admin', longest: 'PT45M' });
    const text = await textOf('exchange-admin');
    assert.match(text, /At most\n45 minutes\n/);
    assert.doesNotMatch(text, /\n60\n/);
    await stage.post('/pim/rules', { target: 'exchange-admin', longest: 'PT8H' });
  });

  it('names a second factor that Entra will want', async () => {
    assert.match(await textOf('power-platform'), /Sign-in\n.*second factor/);
  });

  it('says before the press who is told of an emergency role', async () => {
    const text = await textOf('security-admin');
    assert.match(text, /For emergencies\nThe owners of this role and the security team are told at once/);
    assert.match(text, /Somebody else looks at what was done afterwards/);
  });

  it('names the approvers of a group and of an Azure role', async () => {
    assert.match(await textOf('platform-admins'), /needed, from Olumide Castellane, Wanjiru Halvorsen/);
    assert.match(await textOf('cognitive'), /needed, from Wanjiru Halvorsen/);
  });

  it('names who decides where no approver was set up', async () => {
    const form = await stage.form('helpdesk', 'global-reader');
    assert.match(cardText(form.card), /Approval\nneeded, from Ingrid Balasuntharam/);
  });

  it('says what a group brings with it, and what an owner can do', async () => {
    const form = await stage.form('manager', 'incident-owner');
    assert.match(cardText(form.card), /AI Incident Responders\nGroup, as its owner/);
    assert.match(cardText(form.card), /May stop models and revoke keys during an incident/);
  });

  it('follows the rules as they are now: approval, reason and ticket that were added meanwhile', async () => {
    const rules = { target: 'blob-reader', enabled: ['Justification', 'Ticketing'], approvers: ['manager'] };
    await stage.post('/pim/rules', rules);
    const text = await textOf('blob-reader');
    assert.match(text, /Approval\nneeded, from Olumide Castellane/);
    assert.match(text, /Ticket\nneeded/);
    await stage.post('/pim/rules', { target: 'blob-reader', enabled: ['Justification'], approvers: null });
  });

  it('two openings are one form: it cannot be sent twice', async () => {
    const one = await stage.form('engineer', 'exchange-admin');
    const other = await stage.form('engineer', 'exchange-admin');
    assert.equal(refOf(one.card), refOf(other.card));
  });

  it('for a role that was asked for already it shows that request', async () => {
    const list = await stage.roles('engineer');
    await stage.portal.ask('engineer', 'groups-admin');
    const role = await stage.data('groups-admin');
    const answer = await stage.press('engineer', list.id, 'pim.form', { role });
    assert.match(readIn(answer), /Waiting for approval\nGroups Administrator/);
    assert.ok(!hasButton(cardOf(answer), 'pim.ask'));
  });

  it('for a role that somebody is not eligible for says so in one sentence', async () => {
    const list = await stage.roles('finance');
    const role = await stage.data('ai-admin');
    const answer = await stage.press('finance', list.id, 'pim.form', { role });
    assert.match(readIn(answer), /You are not eligible for this role, or not any more/);
    assert.equal((await stage.refusals()).at(-1), 'pim.not-eligible');
  });

  it('for a role that somebody has without activating it says so', async () => {
    await stage.post('/pim/eligible', { person: 'security', target: 'security-admin', eligible: true });
    const list = await stage.roles('security');
    const role = await stage.data('security-admin');
    const answer = await stage.press('security', list.id, 'pim.form', { role });
    assert.match(readIn(answer), /You have this role now without activating it\. Use it\./);
    assert.equal((await stage.refusals()).at(-1), 'pim.stands');
  });
});

describe('pim.form again', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  it('after a denial opens below, filled in with what was sent, and the denied card stays as it was', async () => {
    const { id } = await stage.activate('engineer', 'platform-admins', { minutes: '120' });
    const request = await stage.request('engineer', 'platform-admins');
    await stage.portal.deny('manager', request.id, 'Please say which index');
    await stage.look('engineer', id);
    await stage.says('engineer', id, /Denied/);
    const answer = await stage.press('engineer', id, 'pim.form');
    assert.match(readIn(answer), /I have put the form below, with what you wrote the last time/);
    const form = await stage.card('engineer', /Ask for AI Platform Admins/);
    assert.notEqual(form.id, id);
    assert.equal(inputIn(form.card, 'reason'), goodReason);
    assert.equal(inputIn(form.card, 'minutes'), '120');
    assert.match(await stage.text('engineer', id), /Denied/);
    await stage.send('engineer', form.id);
    assert.match(await stage.says('engineer', form.id, /Waiting for approval/), /AI Platform Admins/);
    assert.equal((await stage.sent()).filter(({ method }) => method === 'POST').length, 2);
  });

  it('while a role is active says that asking again ends it first', async () => {
    const { id } = await stage.activate('engineer', 'exchange-admin', { minutes: '30' });
    await stage.ready('engineer', id);
    await stage.press('engineer', id, 'pim.form');
    const form = await stage.card('engineer', /Activate Exchange Administrator/);
    const text = cardText(form.card);
    assert.match(text, /You have it until \{\{TIME\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\)\}\}/);
    assert.match(text, /This ends your current time first\. You will be without it for about a minute\./);
    assert.match(text, /End it and activate again/);
    assert.equal(inputIn(form.card, 'reason'), goodReason);
  });

  it('of somebody else opens nothing', async () => {
    const { id } = await stage.activate('engineer', 'blob-reader');
    const ref = refOf((await stage.entry('engineer', id)).card);
    const list = await stage.roles('finance');
    const answer = await stage.press('finance', list.id, 'pim.form', { again: ref });
    assert.equal((await stage.refusals()).at(-1), 'flows.not-your-card');
    assert.doesNotMatch(readIn(answer), /Storage Blob/);
  });
});
