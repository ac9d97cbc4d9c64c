import assert from 'node:assert/strict';
import { cardOf, hasButton, readIn } from '../support/on-card.js';
import { goodReason, openPimStage, type PimStage } from '../support/pim-stage.js';
import { until } from '../support/until.js';

describe('pim.approval', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  const open = async (person: string, kind: string, id: string) => {
    const list = await stage.roles(person, 'approvals');
    return stage.press(person, list.id, 'pim.approval', { kind, id });
  };

  it('opens one request of each kind with all that is needed to decide it', async () => {
    const wish = { minutes: 60, reason: goodReason, ticket: 'Jira AI-12' };
    const asked = [
      ['role', 'ai-admin', 'security', /AI Administrator\nEntra role · whole directory\n · Privileged/],
      ['group', 'platform-admins', 'appowner', /AI Platform Admins\nGroup\n · Privileged/],
      ['azure', 'cognitive', 'appowner', /Cognitive Services Contributor\nAzure role · rg-retrieval/],
    ] as const;
    for (const [kind, key, person, says] of asked) {
      const answer = await open(person, kind, await stage.portal.ask('engineer', key, wish));
      const text = readIn(answer);
      assert.match(text, /Ayumi Fernqvist asks for/);
      assert.match(text, /AI Platform Engineer, AI Platform/);
      assert.match(text, says);
      assert.match(text, /How long\n1 hour/);
      assert.match(text, /Ticket\nJira AI-12/);
      assert.match(text, new RegExp(`Why they need it\n${goodReason}`));
      assert.match(text, /Decide by/);
      assert.ok(hasButton(cardOf(answer), 'pim.approve') && hasButton(cardOf(answer), 'pim.deny'));
    }
  });

  it('shows each time in the form that Teams can read', async () => {
    const { id } = await stage.request('engineer', 'ai-admin');
    const answer = await open('security', 'role', id);
    const times = JSON.stringify(cardOf(answer)).match(/\{\{(DATE|TIME)\([^)]*\.\d+Z[^)]*\)\}\}/g);
    assert.deepEqual(times ?? [], []);
  });

  it('of a request that was sent before moves its card: there is one place to decide, and it follows', async () => {
    await stage.advance('PT20S');
    await stage.advance('PT20S');
    const sent = await stage.decideCard('manager', /AI Administrator/);
    const { id } = await stage.request('engineer', 'ai-admin');
    const list = await stage.roles('manager', 'approvals');
    const opened = await stage.press('manager', list.id, 'pim.approval', { kind: 'role', id });
    assert.ok(hasButton(cardOf(opened), 'pim.approve'));
    await until('the earlier message to have no buttons', async () => {
      return !hasButton((await stage.entry('manager', sent.id)).card, 'pim.approve');
    });
    await stage.portal.deny('security', id, 'Not today');
    for (const _ of [1, 2, 3]) await stage.advance('PT20S');
    assert.match(await stage.says('manager', list.id, /Denied by Ingrid/), /Not today/);
  });

  it('that is decided meanwhile says so', async () => {
    const { id } = await stage.request('engineer', 'platform-admins');
    const list = await stage.roles('appowner', 'approvals');
    await stage.portal.approve('manager', id);
    const answer = await stage.press('appowner', list.id, 'pim.approval', { kind: 'group', id });
    assert.match(readIn(answer), /This request does not wait for you any more\. Nothing was changed/);
    assert.equal((await stage.refusals()).at(-1), 'pim.not-waiting');
  });

  it('of somebody who is no approver shows nothing of it', async () => {
    const { id } = await stage.request('engineer', 'cognitive');
    const answer = await open('finance', 'azure', id);
    assert.doesNotMatch(readIn(answer), /Ayumi|Cognitive/);
    assert.equal((await stage.refusals()).at(-1), 'pim.not-waiting');
  });
});

describe('the card of an approver', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  it('comes by itself, says what the role lets them do, who else was asked, and that it is the first time', async () => {
    await stage.activate('engineer', 'ai-admin', { minutes: '120' });
    const entry = await stage.decideCard('security', /AI Administrator/);
    const text = await stage.text('security', entry.id);
    assert.match(text, /Change every setting of the AI services, for everybody/);
    assert.match(text, /How long\n2 hours/);
    assert.match(text, /Ticket\nServiceNow INC-4711/);
    assert.match(text, /Lately\n.*first/i);
    assert.match(text, /Also asked: Olumide Castellane\. The first decision counts/);
    assert.match(text, new RegExp(goodReason));
  });

  it('counts how often the same person had the role lately', async () => {
    const { id } = await stage.request('engineer', 'ai-admin');
    await stage.portal.approve('security', id);
    for (const _ of [1, 2]) await stage.advance('PT20S');
    await stage.advance('PT3H');
    await stage.advance('PT20S');
    await stage.activate('engineer', 'ai-admin');
    const entry = await stage.decideCard('security', /AI Administrator/);
    const text = await stage.text('security', entry.id);
    assert.match(text, /Lately\n.*\b(once|1)\b/i);
    assert.doesNotMatch(text, /Lately\n.*first/i);
  });

  it('says that a guest is one, and who answers for them', async () => {
    await stage.portal.ask('guest', 'connector-operators');
    await stage.advance('PT20S');
    await stage.advance('PT20S');
    const { id } = await stage.card('appowner', /Rafael Dunmore-Tiwari asks for/);
    const text = await stage.text('appowner', id);
    assert.match(
      text,
      /Guest\.\*\* This person is not from your organisation\. Who answers for them: Olumide/,
    );
  });

  it('says when it is to begin, where that is later', async () => {
    const at = new Date((await stage.now()).getTime() + 86_400_000).toISOString().slice(0, 10);
    await stage.activate('engineer', 'groups-admin', { startDate: at, startTime: '12:00' });
    const { id } = await stage.decideCard('security', /Groups Administrator/);
    assert.match(await stage.text('security', id), /Starts\n\{\{DATE\(/);
  });

  it('goes to whoever administers privileged roles where no approver was set up', async () => {
    await stage.activate('helpdesk', 'global-reader');
    assert.match(cardOfText(await stage.decideCard('security', /Global Reader/)), /Tomasz Okonjeva asks for/);
  });

  it('never goes to whoever asks', async () => {
    await stage.post('/pim/eligible', { person: 'security', target: 'ai-admin', eligible: true });
    await stage.activate('security', 'ai-admin');
    await stage.decideCard('manager', /Ingrid Balasuntharam asks for/);
    const own = await stage.timeline('security');
    assert.deepEqual(
      own.filter((entry) => /Ingrid Balasuntharam asks/.test(cardOfText(entry))),
      [],
    );
  });

  const cardOfText = ({ card }: { readonly card?: unknown }): string => JSON.stringify(card ?? {});
});
