import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';

describe('packages.approval', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  after(() => stage.close());

  const opened = async (person: string, request: string) => {
    const { id } = await stage.hear(person, 'what waits for my approval?');
    return { id, answer: await stage.press(person, id, 'packages.approval', { request }) };
  };

  it('opens what was asked for in the portal, with all that is needed to decide it', async () => {
    const request = await stage.portal.ask('engineer', 'workshop', 'An assistant for the labs', {
      policyId: (await stage.packageOf('workshop')).policies[1]?.id ?? '',
      answers: { project: 'NORD-12', purpose: 'Sort mail', site: 'VIE', data: 'public,internal' },
    });
    await stage.advance('PT20S');
    await stage.decideCard('manager', /Ayumi Fernqvist/);
    const { answer } = await opened('manager', request);
    const text = readIn(answer);
    assert.match(text, /^Ayumi Fernqvist asks for access\nAI Platform Engineer, AI Platform/);
    assert.match(text, /AI agent workshop\nBuild agents and try them out\./);
    assert.match(text, /What it gives[\s\S]*AI Agent Studio\n · Application · Studio\.User/);
    assert.match(text, /An assistant for the labs/);
    assert.match(text, /Which project is it for\? \(as NORD-12\)\nNORD-12/);
    assert.match(text, /Where will they run\?\n(Vienna|VIE)/);
    assert.match(text, /Stage\n1 of 2/);
    assert.match(text, /Decide by\n\{\{DATE/);
    assert.match(text, /You are asked as their manager\./);
    assert.ok(hasButton(answer.value, 'packages.approve') && hasButton(answer.value, 'packages.deny'));
  });

  it('approved there, the second stage’s card says what the first said', async () => {
    const { id } = await stage.decideCard('manager', /Ayumi Fernqvist/);
    await stage.press('manager', id, 'packages.approve', { comment: 'A good project' });
    const { card } = await stage.decideCard('appowner', /Ayumi Fernqvist/);
    const text = cardText(card);
    assert.match(text, /Stage\n2 of 2/);
    assert.match(
      text,
      /What was said before[\s\S]*Stage 1: approved by Olumide Castellane[\s\S]*A good project/,
    );
    assert.match(text, /You are asked because the package names you as an approver\./);
  });

  it('names the guest, and the employee who answers for them', async () => {
    await stage.ask('guest', 'partner');
    const { card } = await stage.decideCard('manager', /Rafael Dunmore-Tiwari/);
    const text = cardText(card);
    assert.match(
      text,
      /\*\*Guest\.\*\* This person is not from your organisation\. Who answers for them: Olumide Castellane/,
    );
    assert.match(text, /You are asked as somebody who answers for this guest\./);
    assert.match(text, /Wished until/);
  });

  it('warns where they have what must not go with it', async () => {
    const asked = await stage.ask('finance', 'redteam');
    await stage.says('finance', asked.id, /Waiting for a decision/);
    await stage.hold('finance', 'elevated', 25);
    const { id: request } = await stage.portal.newest('finance');
    const { answer } = await opened('manager', request);
    assert.match(
      readIn(answer),
      /\*\*They have what must not go with it:\*\* AI research assistant - elevated connectors/,
    );
  });

  it('says who asked for them, where that was somebody else', async () => {
    await stage.ask('manager', 'workshop', { person: 'starter' });
    const { card } = await stage.decideCard('security', /Noor Achterberg/);
    const text = cardText(card);
    assert.match(text, /^Olumide Castellane asks for access for Noor Achterberg/);
    assert.match(text, /You are asked in place of an approver who could not be found/);
  });

  it('is not there for somebody else, nor for whoever asked, nor for an id that is none', async () => {
    const { id: request } = await stage.portal.newest('finance');
    const other = await opened('helpdesk', request);
    assert.match(readIn(other.answer), /This request does not wait for you any more\./);
    const own = await opened('finance', request);
    assert.match(readIn(own.answer), /This is your own request, so somebody else has to decide it\./);
    const none = await opened('manager', '11111111-2222-4333-8444-555555555555');
    assert.match(readIn(none.answer), /This request does not wait for you any more\./);
    for (const { answer } of [other, own, none]) {
      assert.equal(answer.statusCode, 400);
      assert.ok(!cardActions(answer.value).some(({ verb }) => verb === 'packages.approve'));
    }
  });

  it('is over once somebody decided it in the portal', async () => {
    const request = await stage.portal.ask('helpdesk', 'standard', 'Reading contracts');
    await stage.advance('PT20S');
    await stage.decideCard('security', /Tomasz Okonjeva/);
    const { id } = await opened('security', request);
    await stage.portal.deny('security', request, 'Not now');
    const again = await opened('security', request);
    assert.match(readIn(again.answer), /does not wait for you any more/);
    await stage.advance('PT1M');
    await stage.says('security', id, /Denied[\s\S]*Not now/);
  });
});
