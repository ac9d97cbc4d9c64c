import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('recovery.open', () => {
  let stage: RecoveryStage;
  before(async () => {
    stage = await openRecoveryStage();
  });
  after(() => stage.close());

  const open = async (person: string, data: object) => {
    const { id } = await stage.hear(person, 'help me to sign in');
    return stage.press(person, id, 'recovery.open', data);
  };

  it('says what happens next, who will call, how long it takes and what to do at once', async () => {
    const { id, answer } = await stage.open('finance', 'lost', 'finance', 'It was in the train to Graz');
    const text = readIn(answer);
    assert.match(text, /^Help is on its way\nLost phone or computer/);
    assert.match(text, /please take the call/);
    assert.match(text, /“Find my device”/);
    assert.match(text, /● Somebody makes sure that it is really you\n○ The help desk calls/);
    assert.match(text, /Nobody will ask you for a password or a code/);
    assert.match(await stage.says('finance', id, /Who was asked/), /Who was asked\nOlumide Castellane/);
    assert.match(await stage.text('finance', id), /If nobody has answered after 30 minutes, I ask others/);
    const asked = await stage.cardWith('manager', 'recovery.attest');
    assert.match(cardText(asked.card), /It was in the train to Graz/);
    assert.equal((await stage.sent()).length, 0);
  });

  it('of the same person again shows the case that there is', async () => {
    assert.match(readIn(await open('finance', { what: 'stolen' })), /Lost phone or computer/);
    assert.deepEqual(await stage.refusals(), []);
  });

  it('for somebody who has a case already tells no more than that', async () => {
    const answer = await open('engineer', { what: 'lost', person: stage.idOf('finance') });
    assert.match(readIn(answer), /There is an open case for this person already/);
    assert.deepEqual(await stage.refusals(), ['recovery.open-already']);
  });

  it('for a colleague tells them that it was opened, and by whom', async () => {
    const { id } = await stage.open('engineer', 'locked-out', 'appowner', 'She called me from the train');
    const own = await stage.told('appowner', /Opened by\nAyumi Fernqvist/);
    assert.match(cardText(own.card), /do you not know why Ayumi Fernqvist opened this\?/);
    assert.ok(hasButton(own.card, 'recovery.withdraw'));
    assert.match(await stage.text('engineer', id), /Cannot sign in · Wanjiru Halvorsen/);
  });

  it('more often than the policy allows is turned away', async () => {
    const many = ['engineer', 'manager', 'security'];
    for (const person of many) await open('helpdesk', { what: 'lost', person: stage.idOf(person) });
    const answer = await open('helpdesk', { what: 'lost', person: stage.idOf('finance') });
    assert.match(readIn(answer), /as many cases as one person may in a day/);
    assert.equal((await stage.refusals()).at(-1), 'recovery.too-many');
  });
});

describe('recovery.open for a first day', () => {
  let stage: RecoveryStage;
  before(async () => {
    stage = await openRecoveryStage();
  });
  after(() => stage.close());

  const starter = () => ({ what: 'starter', person: stage.idOf('starter') });
  const open = async (person: string) => {
    const { id } = await stage.hear(person, 'we have a new starter');
    return stage.press(person, id, 'recovery.open', starter());
  };

  it('is for those who welcome them', async () => {
    assert.match(readIn(await open('finance')), /by their manager, by human resources or by the help desk/);
    assert.deepEqual(await stage.refusals(), ['recovery.not-welcoming']);
  });

  it('is too early long before, and too late long after', async () => {
    const day = 86_400_000;
    const now = (await stage.now()).getTime();
    const on = (days: number) => new Date(now + days * day).toISOString();
    await stage.does('hire-date', { person: 'starter', on: on(30) });
    assert.match(readIn(await open('manager')), /too early for their first day/);
    await stage.does('hire-date', { person: 'starter', on: on(-30) });
    assert.match(readIn(await open('manager')), /They started a while ago/);
    await stage.does('hire-date', { person: 'starter', on: on(5) });
    assert.deepEqual((await stage.refusals()).slice(1), ['recovery.too-early', 'recovery.started']);
  });

  it('works for the manager, and asks somebody else to make sure', async () => {
    const answer = await open('manager');
    assert.match(readIn(answer), /First day · Noor Achterberg/);
    assert.doesNotMatch(readIn(answer), /What is gone/);
  });
});
