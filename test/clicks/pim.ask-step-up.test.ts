import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { readIn } from '../support/on-card.js';
import { goodReason, openPimStage, type PimStage } from '../support/pim-stage.js';
import type { InvokeAnswer } from '../support/remote-control.js';

const typed = { minutes: '60', reason: goodReason, ticketSystem: 'ServiceNow', ticketNumber: 'INC-4711' };

describe('pim.ask with a stronger sign-in', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  const signIn = (person: string, id: string): Promise<InvokeAnswer> =>
    stage.post(`/people/${person}/cards/${id}/sign-in`, {});

  for (const wrapErrors of [null, false, true]) {
    const form = wrapErrors === null ? 'as it was seen' : wrapErrors ? 'wrapped' : 'plain';
    it(`asked for by Entra, ${form}: one window, and the request goes out by itself with what was typed`, async () => {
      await stage.post('/pim/settings', { wrapErrors });
      const person = wrapErrors === null ? 'engineer' : wrapErrors ? 'finance' : 'helpdesk';
      await stage.post('/pim/eligible', { person, target: 'ai-admin', eligible: true });
      const { id } = await stage.form(person, 'ai-admin');
      const before = (await stage.sent()).length;
      const asked = await stage.press(person, id, 'pim.ask', typed);
      assert.equal(asked.statusCode, 401);
      assert.equal((await stage.sent()).length, before);
      const answer = await signIn(person, id);
      assert.match(readIn(answer), /Waiting for approval\nAI Administrator/);
      const { justification, minutes, ticket } = await stage.request(person, 'ai-admin');
      assert.deepEqual([justification, minutes, ticket], [goodReason, 60, 'ServiceNow INC-4711']);
      assert.equal((await stage.sent()).length, before + 1);
      await stage.post('/pim/settings', { wrapErrors: null });
    });
  }

  it('is not asked for again by the next request of the same person', async () => {
    const { id } = await stage.form('engineer', 'security-admin');
    await stage.post('/pim/rules', { target: 'security-admin', context: 'c1' });
    const answer = await stage.press('engineer', id, 'pim.ask', typed);
    assert.equal(answer.statusCode, 200);
    assert.match(readIn(answer), /Security Administrator/);
  });

  for (const wrapErrors of [false, true]) {
    const person = wrapErrors ? 'appowner' : 'security';
    it(`asked for as a second factor, ${wrapErrors ? 'wrapped' : 'plain'}, and then it goes through`, async () => {
      await stage.post('/pim/eligible', { person, target: 'power-platform', eligible: true });
      await stage.post('/pim/settings', { withoutMfa: [person], wrapErrors });
      const { id } = await stage.form(person, 'power-platform');
      const before = (await stage.sent()).length;
      const asked = await stage.press(person, id, 'pim.ask', typed);
      assert.equal(asked.statusCode, 401);
      assert.equal((await stage.sent()).length, before);
      await stage.post('/pim/settings', { withoutMfa: [], wrapErrors: null });
      const answer = await signIn(person, id);
      assert.match(readIn(answer), /Power Platform Administrator[\s\S]*(active|works)/);
      assert.equal((await stage.sent()).length, before + 1);
    });
  }

  it('that changes nothing is not asked for over and over: the loop is said in plain words', async () => {
    await stage.post('/pim/eligible', { person: 'manager', target: 'power-platform', eligible: true });
    await stage.post('/pim/settings', { withoutMfa: ['manager'] });
    const { id } = await stage.form('manager', 'power-platform');
    const before = (await stage.sent()).length;
    assert.equal((await stage.press('manager', id, 'pim.ask', typed)).statusCode, 401);
    const again = await signIn('manager', id);
    assert.notEqual(again.statusCode, 401, 'the window opens once more');
    assert.match(readIn(again), /You signed in as asked, but Entra still wants a stronger sign-in/);
    assert.equal((await stage.sent()).length, before);
    await stage.post('/pim/settings', { withoutMfa: [] });
  });

  it('that is not finished sends nothing, and the form can be sent again', async () => {
    await stage.post('/pim/eligible', { person: 'starter', target: 'ai-admin', eligible: true });
    const { id } = await stage.form('starter', 'ai-admin');
    const before = (await stage.sent()).length;
    assert.equal((await stage.press('starter', id, 'pim.ask', typed)).statusCode, 401);
    await stage.advance('PT20M');
    assert.equal((await stage.sent()).length, before);
    assert.equal((await stage.press('starter', id, 'pim.ask', typed)).statusCode, 401);
    assert.match(readIn(await signIn('starter', id)), /Waiting for approval/);
  });
});

describe('pim.ask with a stronger sign-in that our own policy wants', () => {
  let stage: PimStage;
  before(async () => {
    const standard = /( {4}activation:\n(?: {6}.*\n)*? {6})# (stepUp: c1)/;
    stage = await openPimStage({ policy: (text) => text.replace(standard, '$1$2') });
  });
  after(() => stage.close());

  it('is named on the form, asked for at the press, and then it goes through', async () => {
    const form = await stage.form('engineer', 'blob-reader');
    assert.match(cardText(form.card), /Sign-in\na stronger one/);
    const asked = await stage.press('engineer', form.id, 'pim.ask', typed);
    assert.equal(asked.statusCode, 401);
    assert.deepEqual(await stage.sent(), []);
    const answer = await stage.post<InvokeAnswer>(`/people/engineer/cards/${form.id}/sign-in`, {});
    assert.match(readIn(answer), /Storage Blob Data Reader/);
    assert.equal((await stage.sent()).length, 1);
    assert.ok(cardActions(answer.value).some(({ verb }) => verb === 'pim.end'));
  });

  it('is asked of the approver too', async () => {
    await stage.post('/pim/rules', { target: 'blob-reader', approvers: ['appowner'] });
    await stage.post('/pim/eligible', { person: 'finance', target: 'blob-reader', eligible: true });
    await stage.activate('finance', 'blob-reader');
    const { id } = await stage.decideCard('appowner', /Leilani Brandvold asks for Storage Blob/);
    const before = (await stage.sent()).length;
    assert.equal((await stage.press('appowner', id, 'pim.approve', { comment: 'Fine' })).statusCode, 401);
    assert.equal((await stage.sent()).length, before);
    const answer = await stage.post<InvokeAnswer>(`/people/appowner/cards/${id}/sign-in`, {});
    assert.match(readIn(answer), /Approved by you/);
  });
});
